package io.purlin.benchmarks.checkpoint;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a job with checkpoints gets done of what it does without, each in a process of its own, in
 * turn. What else is seen of its checkpoints is printed.
 *
 * @param load what the job does
 * @param intervalMillis between checkpoints
 * @param seconds how long each is measured
 */
public record CheckpointComparison(StateLoad load, long intervalMillis, long seconds)
    implements Benchmark {
  private static final long TEN_SECONDS = 10_000;
  private static final long SECOND = 1_000;

  /** All comparisons, and the recovery. */
  public static List<Benchmark> all(long stateBytes, long seconds) {
    return List.of(
        new CheckpointComparison(
            StateLoad.rocksdb(stateBytes, TEN_SECONDS), TEN_SECONDS, Math.max(30, seconds)),
        new CheckpointComparison(StateLoad.rocksdb(stateBytes, SECOND), SECOND, seconds),
        new CheckpointComparison(StateLoad.heap(SECOND), SECOND, seconds),
        new RecoveryComparison(StateLoad.rocksdb(stateBytes, SECOND), seconds));
  }

  @Override
  public String name() {
    return "checkpoint-" + load.backend() + "-" + intervalMillis / SECOND + "s";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<Double> with = new ArrayList<>();
    List<Double> without = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      without.add(measured(0).changes());
      StateProcess.Figures figures = measured(intervalMillis);
      with.add(figures.changes());
      System.out.println(
          String.format(
              Locale.ROOT,
              "  %s, %d MB: pauses of a task p50 %.2f ms, p99 %.2f ms, max %.2f ms; %d checkpoints"
                  + " of %.1f MB",
              name(),
              load.megabytes(),
              figures.p50Millis(),
              figures.p99Millis(),
              figures.mostMillis(),
              figures.checkpoints(),
              figures.bytes() / 1e6));
    }
    return List.of(
        Comparison.of(
            name(),
            "changes/s",
            Better.MORE,
            with,
            "without checkpoints, " + load.megabytes() + " MB of state",
            without));
  }

  private StateProcess.Figures measured(long interval) throws IOException {
    StateProcess.forget();
    try (StateProcess job = new StateProcess("measure", load, seconds, interval)) {
      return job.figures();
    } finally {
      StateProcess.forget();
    }
  }
}
