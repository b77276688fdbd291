package io.purlin.state.cold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What one process may and may not delete of another's, with processes. */
class ScratchDirectoryTest {
  private static final String READY = "ready";

  @TempDir Path parent;

  /** Has a directory until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] arguments) throws IOException {
      try (ScratchDirectory held = ScratchDirectory.in(Path.of(arguments[0]))) {
        Files.createFile(held.file("000001.sst"));
        System.out.println(READY);
        while (System.in.read() >= 0) {
          // Nothing is ever written; it ends with whoever started it.
        }
      }
    }
  }

  /** Two in one process: to look at the first one's lock from there would free it. */
  @Test
  void anotherProcessLeavesAloneWhatIsInUseAndItsOwnIsDeletedWhenItIsDead() throws Exception {
    try (ScratchDirectory first = ScratchDirectory.in(parent);
        ScratchDirectory second = ScratchDirectory.in(parent)) {
      Files.createFile(first.file("000002.sst"));
      Files.createFile(second.file("000003.sst"));
      List<Path> ours = children();
      Process other = holder();
      try {
        assertThat(other.inputReader().readLine()).isEqualTo(READY);
        assertThat(children()).hasSize(3).containsAll(ours);
        assertThat(first.file("000002.sst")).exists();
      } finally {
        other.destroyForcibly().waitFor();
      }
      assertThat(children()).as("what a killed process leaves").hasSize(3);
      try (ScratchDirectory third = ScratchDirectory.in(parent)) {
        Files.createFile(third.file("000004.sst"));
        assertThat(children()).hasSize(3).containsAll(ours);
      }
    }
    assertThat(children()).isEmpty();
  }

  @Test
  void oneThatWasHalfDeletedIsDeleted() throws IOException {
    Path half = Files.createDirectories(parent.resolve("purlin-state-half/db"));
    Files.createFile(half.resolve("000001.sst"));
    try (ScratchDirectory next = ScratchDirectory.in(parent)) {
      Files.createFile(next.file("000002.sst"));
      assertThat(half.getParent()).doesNotExist();
    }
  }

  private Process holder() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Holder.class.getName(),
            parent.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<Path> children() throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      return all.toList();
    }
  }
}
