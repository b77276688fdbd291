package io.purlin.benchmarks.checkpoint;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * From the start of a process that goes on after {@code kill -9} to its first output that is
 * committed, against the time that is asked for. It starts with an archive of its classes (class
 * data sharing), which a first one has written that is not measured.
 *
 * @param load what the job does, with a checkpoint every second
 * @param seconds how long it runs, once its state is there, before it is killed
 */
record RecoveryComparison(StateLoad load, long seconds) implements Benchmark {
  private static final double BAR_SECONDS = 5;
  private static final long INTERVAL_MILLIS = 1_000;
  private static final Path ARCHIVE = Path.of("benchmarks/target/recovery.jsa");

  @Override
  public String name() {
    return "checkpoint-recovery";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> bar = new ArrayList<>();
    StateProcess.forget();
    try {
      try (StateProcess job = new StateProcess("measure", load, seconds, INTERVAL_MILLIS)) {
        job.figures();
      }
      Files.deleteIfExists(ARCHIVE);
      try (StateProcess first =
          process("learn", "-XX:ArchiveClassesAtExit=" + ARCHIVE, "-Xlog:disable")) {
        first.secondsToAnswer();
        first.awaitEnd();
      }
      for (int i = 0; i < rounds; i++) {
        try (StateProcess again = process("recover", "-XX:SharedArchiveFile=" + ARCHIVE)) {
          ours.add(again.secondsToAnswer());
          bar.add(BAR_SECONDS);
        }
      }
    } finally {
      StateProcess.forget();
    }
    return List.of(
        Comparison.of(
            name(), "s", Better.LESS, ours, "the bar, " + load.megabytes() + " MB of state", bar));
  }

  private StateProcess process(String mode, String... jvmFlags) throws IOException {
    return new StateProcess(mode, load, seconds, INTERVAL_MILLIS, jvmFlags);
  }
}
