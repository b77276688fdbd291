package io.purlin.conformance.largestate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A heap that is too small, in a process that is not told to end for that. */
class OutOfHeapTest {
  @TempDir Path directory;

  @Test
  void theJobFailsOnceAndSaysWhatToDo() throws Exception {
    Path log = directory.resolve("log");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx64m",
                    "-cp",
                    System.getProperty("java.class.path"),
                    EndlessKeys.class.getName(),
                    "--runner=NativeRunner",
                    "--jobName=endless-keys",
                    "--parallelism=2",
                    "--stateBackend=heap",
                    "--checkpointingInterval=200",
                    "--checkpointDir=" + directory.resolve("checkpoints")))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      String written = Files.readString(log);
      assertThat(ended).as(written).isTrue();
      assertThat(process.exitValue()).as(written).isEqualTo(1);
      assertThat(written)
          .contains(
              "MiB is too small for what this job keeps there", "-Xmx", "--stateBackend=rocksdb")
          .doesNotContain("starts again");
    } finally {
      process.destroyForcibly();
    }
  }
}
