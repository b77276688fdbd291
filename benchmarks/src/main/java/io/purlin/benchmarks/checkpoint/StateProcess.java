package io.purlin.benchmarks.checkpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A {@link StateProgram} in a process of its own. Used by one thread; closing it is kill -9. */
final class StateProcess implements AutoCloseable {
  private static final Path TARGET = Path.of("benchmarks/target");
  private static final List<String> OPENED_PACKAGES =
      List.of("java.lang", "java.lang.invoke", "java.util", "java.util.concurrent", "java.time");

  private final Process process;
  private final BufferedReader answers;
  private final long startedNanos;
  private final Path log;

  /**
   * What is measured of a job.
   *
   * @param changes of cells a second
   * @param p50Millis half of its tasks' pauses are shorter
   * @param bytes of a checkpoint that were written and not linked
   * @param checkpoints that were committed meanwhile
   */
  record Figures(
      double changes,
      double p50Millis,
      double p99Millis,
      double mostMillis,
      long bytes,
      int checkpoints) {}

  /**
   * Starts it.
   *
   * @param mode of {@link StateProgram}
   * @param intervalMillis between checkpoints; 0: none
   * @param jvmFlags more flags of the JVM
   */
  StateProcess(String mode, StateLoad load, long seconds, long intervalMillis, String... jvmFlags)
      throws IOException {
    log = TARGET.resolve("logs").resolve("checkpoint-" + load.backend() + ".log");
    Files.createDirectories(log.toAbsolutePath().getParent());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xms3g", "-Xmx3g"));
    command.addAll(List.of(jvmFlags));
    for (String each : OPENED_PACKAGES) {
      command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED");
    }
    command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=warn");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(StateProgram.class.getName(), mode, Long.toString(seconds)));
    command.add(directory().resolve("state-load").toString());
    command.add(load.backend());
    command.addAll(load.arguments());
    command.addAll(
        List.of(
            "--runner=NativeRunner",
            "--jobName=state-load",
            "--parallelism=2",
            "--checkpointTimeoutMillis=600000",
            "--stateBackend=" + load.backend(),
            "--stateDir=" + TARGET.resolve("state-load-rocksdb").toAbsolutePath(),
            "--checkpointDir=" + directory(),
            "--checkpointingInterval=" + intervalMillis));
    startedNanos = System.nanoTime();
    process =
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  private static Path directory() {
    return TARGET.resolve("state-load-checkpoints").toAbsolutePath();
  }

  /** Deletes what earlier processes have left. */
  static void forget() throws IOException {
    if (Files.exists(directory())) {
      try (Stream<Path> all = Files.walk(directory())) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }

  /** Waits for its figures. */
  Figures figures() throws IOException {
    String[] all = answer().split(" ", -1);
    return new Figures(
        Double.parseDouble(all[0]),
        Double.parseDouble(all[1]),
        Double.parseDouble(all[2]),
        Double.parseDouble(all[3]),
        Long.parseLong(all[4]),
        Integer.parseInt(all[5]));
  }

  /** Waits for its answer; the seconds since it was started. */
  double secondsToAnswer() throws IOException {
    answer();
    return (System.nanoTime() - startedNanos) / 1e9;
  }

  private String answer() throws IOException {
    String answer = answers.readLine();
    if (answer == null || !answer.startsWith(StateProgram.ANSWER)) {
      throw new IOException("the job failed, see " + log + "; it answered " + answer);
    }
    return answer.substring(StateProgram.ANSWER.length());
  }

  @Override
  public void close() {
    process.destroyForcibly();
    awaitEnd();
  }

  /** Waits until it has ended. */
  void awaitEnd() {
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
