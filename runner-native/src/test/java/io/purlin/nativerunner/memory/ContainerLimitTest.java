package io.purlin.nativerunner.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Control groups made of ordinary files. */
class ContainerLimitTest {
  @TempDir Path folder;

  private Path membership = Path.of("");
  private Path mount = Path.of("");

  @BeforeEach
  void mount() throws IOException {
    membership = folder.resolve("cgroup");
    mount = Files.createDirectory(folder.resolve("fs"));
  }

  private void isIn(String group) throws IOException {
    Files.writeString(membership, "1:name=systemd:/other\n0::" + group + "\n");
  }

  private void limit(String group, String max) throws IOException {
    Files.writeString(
        Files.createDirectories(mount.resolve(group)).resolve("memory.max"), max + "\n");
  }

  private long bytes() {
    return ContainerLimit.bytes(membership, mount);
  }

  @Test
  void theOwnGroupsLimitHolds() throws IOException {
    isIn("/job");
    limit("job", "536870912");
    assertThat(bytes()).isEqualTo(512L << 20);
  }

  @Test
  void theLeastOfThoseAboveHolds() throws IOException {
    isIn("/slice/service/job");
    limit("slice", "1000000");
    limit("slice/service", "2000000");
    limit("slice/service/job", "max");
    limit("slice/other", "1");
    assertThat(bytes()).isEqualTo(1_000_000);
  }

  @Test
  void withinAContainerTheRootIsItsGroup() throws IOException {
    isIn("/docker/0123/that/is/not/seen/here");
    limit("", "2000000");
    assertThat(bytes()).isEqualTo(2_000_000);
    isIn("/../../other");
    assertThat(bytes()).isEqualTo(2_000_000);
    isIn("/");
    assertThat(bytes()).isEqualTo(2_000_000);
  }

  @Test
  void withoutGroupsThereIsNoLimit() throws IOException {
    assertThat(bytes()).isEqualTo(ContainerLimit.NONE);
    isIn("/job");
    limit("job", "max");
    assertThat(bytes()).isEqualTo(ContainerLimit.NONE);
    Files.writeString(membership, "5:memory:/job\n");
    limit("", "nonsense");
    assertThat(bytes()).isEqualTo(ContainerLimit.NONE);
  }
}
