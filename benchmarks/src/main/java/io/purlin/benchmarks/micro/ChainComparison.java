package io.purlin.benchmarks.micro;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.micro.ChainBenchmark.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * What a DoFn costs in a chain, ours and in a chain of Beam's {@code SimpleDoFnRunner}, by JMH. A
 * round is a fork of either. That ours allocates nothing is checked on the way.
 *
 * @param kind of DoFn
 * @param length how many of them the chain has
 */
public record ChainComparison(Kind kind, int length) implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final int ITERATIONS = 5;
  // The element that goes in is a new box.
  private static final double ELEMENT_BYTES = 24;
  // What the harness itself allocates, spread over the operations.
  private static final double NOISE_BYTES = 0.5;

  /** All kinds and lengths. */
  public static List<Benchmark> all() {
    List<Benchmark> all = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (int length : new int[] {3, 10, 50}) {
        all.add(new ChainComparison(kind, length));
      }
    }
    return all;
  }

  @Override
  public String name() {
    return "chain-" + kind.name().toLowerCase(Locale.ROOT) + "-" + length;
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException, RunnerException {
    List<Double> ours = new ArrayList<>();
    List<Double> peers = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      RunResult our = fork(ChainBenchmark.class);
      double bytes = allocated(our) - ELEMENT_BYTES;
      if (bytes > NOISE_BYTES) {
        throw new IllegalStateException("the chain allocates " + bytes + " B for each element");
      }
      ours.add(our.getPrimaryResult().getScore() / length);
      peers.add(fork(SimpleRunnerChainBenchmark.class).getPrimaryResult().getScore() / length);
    }
    String peer = "SimpleDoFnRunner " + ReleaseInfo.getReleaseInfo().getVersion();
    return List.of(Comparison.of(name(), "ns/DoFn", Better.LESS, ours, peer, peers));
  }

  private static double allocated(RunResult run) {
    Result<?> result = run.getSecondaryResults().get("gc.alloc.rate.norm");
    if (result == null) {
      throw new IllegalStateException("what the chain allocates was not measured");
    }
    return result.getScore();
  }

  private RunResult fork(Class<?> benchmark) throws IOException, RunnerException {
    Files.createDirectories(LOGS);
    return new Runner(
            new OptionsBuilder()
                .include(benchmark.getName().replace(".", "\\.") + "\\.element$")
                .param("length", Integer.toString(length))
                .param("kind", kind.name())
                .forks(1)
                .warmupIterations(ITERATIONS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.seconds(1))
                .addProfiler(GCProfiler.class)
                .output(LOGS.resolve(name() + "-" + benchmark.getSimpleName() + ".log").toString())
                .build())
        .runSingle();
  }
}
