package io.purlin.conformance.signal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrainBySignalTest {
  /** After which a program that hangs is killed, so that it fails instead of waiting. */
  private static final long LIMIT_SECONDS = 180;

  @Test
  void aJobThatIsDrainedCountsAllThatItHasRead(@TempDir Path checkpoints) throws Exception {
    List<String> lines = new ArrayList<>();
    int exit = terminated(lines, "--drain", "--checkpointDir=" + checkpoints);

    assertThat(exit).as(String.join("\n", lines)).isZero();
    assertThat(lines).singleElement().matches(DrainBySignalTest::countsAll);
  }

  /** With checkpoints and without a drain the windows stay open, for the next run. */
  @Test
  void aJobThatIsStoppedClosesNoWindow(@TempDir Path checkpoints) throws Exception {
    List<String> lines = new ArrayList<>();
    int exit = terminated(lines, "--checkpointDir=" + checkpoints);

    assertThat(exit).as(String.join("\n", lines)).isZero();
    assertThat(lines).isEmpty();
  }

  private static boolean countsAll(String line) {
    String[] counts = line.split(" of ", -1);
    return counts.length == 2 && counts[0].equals(counts[1]);
  }

  /**
   * Tells the program to end once it reads.
   *
   * @param lines what it prints afterwards
   * @return its exit code
   */
  private static int terminated(List<String> lines, String... options)
      throws IOException, InterruptedException {
    Process process = start(options);
    Executor late = CompletableFuture.delayedExecutor(LIMIT_SECONDS, TimeUnit.SECONDS);
    CompletableFuture<Void> limit = CompletableFuture.runAsync(process::destroyForcibly, late);
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      String line = output.readLine();
      while (line != null && !line.equals(EndlessProgram.READS)) {
        line = output.readLine();
      }
      // SIGTERM. The process's own method would close its output, too.
      process.toHandle().destroy();
      output.lines().forEach(lines::add);
      return process.waitFor();
    } finally {
      limit.cancel(false);
      process.destroyForcibly();
    }
  }

  private static Process start(String... options) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx384m", "-cp", System.getProperty("java.class.path")));
    command.addAll(
        List.of(
            EndlessProgram.class.getName(),
            "--runner=NativeRunner",
            "--jobName=endless",
            "--parallelism=2"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
  }
}
