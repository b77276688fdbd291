package io.purlin.conformance.largestate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Groups of bounded data that are many times larger than the heap of the process. */
class LargeGroupingTest {
  private static final int HEAP_MEBIBYTES = 64;

  @TempDir Path directory;

  @Test
  void dataFiveTimesLargerThanTheHeapIsGrouped() throws Exception {
    long valueBytes = 1_000;
    long values = 5L * HEAP_MEBIBYTES * (1 << 20) / valueBytes;
    assertThat(group(values, 10_000, valueBytes)).contains("10000 groups, " + values + " values");
  }

  @Test
  void oneKeyWithTenMillionValuesIsGrouped() throws Exception {
    assertThat(group(10_000_000, 1, 8)).contains("1 groups, 10000000 values");
  }

  /** Runs the program in a process of its own; returns what it has written. */
  private String group(long values, long keys, long valueBytes)
      throws IOException, InterruptedException {
    Path log = directory.resolve("log");
    Path state = directory.resolve("state");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MEBIBYTES + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                LargeGrouping.class.getName(),
                "--runner=NativeRunner",
                "--parallelism=2",
                "--stateBackend=rocksdb",
                "--stateMemory=" + (HEAP_MEBIBYTES << 20) / 5,
                "--managedMemory=" + (64 << 20),
                "--stateDir=" + state,
                "--values=" + values,
                "--keys=" + keys,
                "--valueBytes=" + valueBytes));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      String written = Files.readString(log);
      assertThat(ended).as(written).isTrue();
      assertThat(process.exitValue()).as(written).isZero();
      try (Stream<Path> left = Files.list(state)) {
        assertThat(left).as("working files are deleted").isEmpty();
      }
      return written;
    } finally {
      process.destroyForcibly();
    }
  }
}
