package io.purlin.benchmarks.idle;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The processor time of a process whose pipeline has no input, with a checkpoint each second as by
 * default, and without.
 *
 * @param seconds how long a round watches
 */
public record IdleComparison(long seconds) implements Benchmark {
  private static final double BAR_PERCENT = 2;

  /** Until what an idle job does is compiled, which takes longer the less it does. */
  private static final long WARM_UP_SECONDS = 30;

  private static final double PERCENT = 100;

  /** Less than the clock of processor time shows. */
  private static final double LEAST_PERCENT = 0.001;

  private static final Path TARGET = Path.of("benchmarks/target");

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    return List.of(
        found(name(), rounds, "with a checkpoint each second"),
        found(
            name() + "-no-checkpoints",
            rounds,
            "without checkpoints",
            "--checkpointingInterval=0"));
  }

  private Comparison found(String name, int rounds, String what, String... flags)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--runner=NativeRunner",
                "--parallelism=2",
                "--jobName=idle",
                "--resume=never",
                "--checkpointDir=" + TARGET.resolve("idle-checkpoints").toAbsolutePath()));
    arguments.addAll(List.of(flags));
    List<Double> percents = new ArrayList<>();
    try (SideProcess process =
        new SideProcess(
            System.getProperty("java.class.path"),
            IdleProgram.class,
            arguments,
            TARGET.resolve("logs").resolve(name + ".log"))) {
      process.ask(Long.toString(WARM_UP_SECONDS));
      for (int i = 0; i < rounds; i++) {
        long[] nanos = process.ask(Long.toString(seconds));
        percents.add(Math.max(LEAST_PERCENT, PERCENT * nanos[0] / nanos[1]));
      }
    }
    return Comparison.withBar(name, "% of core", percents, BAR_PERCENT, what);
  }
}
