package io.purlin.benchmarks.latency;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.latency.LatencyProgram.Kind;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * p99 of the time to a result, at half of the rate that the same pipeline can take in the same
 * process, against what is asked for.
 *
 * @param kind of pipeline
 * @param elements of a run that looks for the greatest rate
 * @param seconds how long a round is measured
 * @param parallelism of the job
 */
public record LatencyComparison(Kind kind, long elements, long seconds, int parallelism)
    implements Benchmark {
  private static final int WARM_UPS = 2;
  private static final int LOOKS = 3;
  private static final double NANOS = 1e9;
  private static final double MILLI_NANOS = 1e6;

  /** Both kinds. */
  public static List<Benchmark> all(long elements, long seconds, int parallelism) {
    return List.of(
        new LatencyComparison(Kind.STATELESS, elements, seconds, parallelism),
        new LatencyComparison(Kind.WINDOW, elements, seconds, parallelism));
  }

  @Override
  public String name() {
    return "latency-" + kind.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<Double> figures = new ArrayList<>();
    double rate;
    try (SideProcess process =
        new SideProcess(
            System.getProperty("java.class.path"),
            LatencyProgram.class,
            List.of(
                kind.name(),
                "--runner=NativeRunner",
                "--checkpointingInterval=0",
                "--parallelism=" + parallelism),
            Path.of("benchmarks/target/logs", name() + ".log"))) {
      rate = greatestRate(process) / 2;
      for (int i = 0; i < rounds; i++) {
        // A quarter of the elements warms up.
        long all = (long) (rate * seconds * 4 / 3);
        long[] found = process.ask(all + " " + rate);
        figures.add(found[1] / MILLI_NANOS);
        System.out.println(
            String.format(
                Locale.ROOT,
                "  %s at %.0f/s: p50 %.2f ms, p99 %.2f ms, p99.9 %.2f ms of %d samples",
                name(),
                rate,
                found[0] / MILLI_NANOS,
                found[1] / MILLI_NANOS,
                found[2] / MILLI_NANOS,
                found[3]));
      }
    }
    return List.of(
        Comparison.withBar(
            name(),
            "ms p99",
            figures,
            kind == Kind.STATELESS ? 5 : 20,
            String.format(Locale.ROOT, "at %.0f elements/s", rate)));
  }

  /** The best of some runs: half of it is as much as is asked of any machine. */
  private double greatestRate(SideProcess process) throws IOException {
    double best = 0;
    for (int i = 0; i < WARM_UPS + LOOKS; i++) {
      double rate = elements / (process.ask(elements + " 0")[0] / NANOS);
      best = i < WARM_UPS ? 0 : Math.max(best, rate);
    }
    return best;
  }
}
