package io.purlin.benchmarks.revision;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.beam.BeamProgram;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A work on the engine as it is and on an earlier one. Both are warm and run in turn, each round in
 * the other order, since what runs second finds the machine as the first has left it.
 *
 * @param work what is done
 * @param revision what the other engine is called
 * @param enginePath of the other engine's process
 * @param elements of each round
 * @param parallelism of both
 */
public record RevisionComparison(
    Work work, String revision, String enginePath, long elements, int parallelism)
    implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final int WARM_UPS = 3;
  private static final double NANOS = 1e9;
  private static final double MILLION = 1e6;

  /** All works. */
  public static List<Benchmark> all(
      String revision, String enginePath, long elements, int parallelism) {
    List<Benchmark> all = new ArrayList<>();
    for (Work work : Work.values()) {
      all.add(new RevisionComparison(work, revision, enginePath, elements, parallelism));
    }
    return all;
  }

  /**
   * Whether ours is slower beyond doubt: even its best round is.
   *
   * @param least the ratio to the earlier engine that is allowed, from 0 to 1
   */
  public static boolean isSlower(Comparison found, double least) {
    return !(found.high() >= least);
  }

  @Override
  public String name() {
    return "ready-" + work.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<long[]> ours = new ArrayList<>();
    List<long[]> theirs = new ArrayList<>();
    try (SideProcess our = start(System.getProperty("java.class.path"), "here");
        SideProcess their = start(enginePath, "there")) {
      String request = Long.toString(elements);
      for (int i = -WARM_UPS; i < rounds; i++) {
        long[] first = (i % 2 == 0 ? our : their).ask(request);
        long[] second = (i % 2 == 0 ? their : our).ask(request);
        check(first, second);
        if (i >= 0) {
          ours.add(i % 2 == 0 ? first : second);
          theirs.add(i % 2 == 0 ? second : first);
        }
      }
    }
    return List.of(
        Comparison.of(
            name(),
            "elements/s",
            Better.MORE,
            ours.stream().map(this::rate).toList(),
            revision,
            theirs.stream().map(this::rate).toList()),
        Comparison.of(
            name() + "-cpu",
            "s/million",
            Better.LESS,
            ours.stream().map(this::cost).toList(),
            revision,
            theirs.stream().map(this::cost).toList()));
  }

  private SideProcess start(String classPath, String side) throws IOException {
    return new SideProcess(
        classPath,
        BeamProgram.class,
        List.of(
            work.name(),
            "--runner=NativeRunner",
            "--checkpointingInterval=0",
            "--parallelism=" + parallelism),
        LOGS.resolve("compare-" + name() + "-" + side + ".log"));
  }

  private double rate(long... run) {
    return elements / (run[0] / NANOS);
  }

  private double cost(long... run) {
    return run[1] / NANOS / (elements / MILLION);
  }

  /** A fast engine with other results is none. */
  private void check(long[] one, long[] other) {
    boolean same =
        switch (work) {
          // Windows of processing time close when they close.
          case Q12 -> true;
          // Of a seller's winners, which come first depends on the order of parallel tasks.
          case Q06 -> one[2] == other[2];
          default -> one[2] == other[2] && one[3] == other[3];
        };
    if (!same) {
      throw new IllegalStateException(
          name()
              + ": "
              + one[2]
              + " results with hash "
              + one[3]
              + " on one engine, "
              + other[2]
              + " with "
              + other[3]
              + " on the other");
    }
  }
}
