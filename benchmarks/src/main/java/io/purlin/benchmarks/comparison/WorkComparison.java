package io.purlin.benchmarks.comparison;

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
 * A work on ours and on a peer. Both are warm, run in turn, and must come to the same results.
 *
 * @param work what is done
 * @param peer with whom
 * @param load how many elements both are given
 * @param parallelism of both, where the peer has any
 */
public record WorkComparison(Work work, Peer peer, Load load, int parallelism)
    implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final Path STATE = Path.of("benchmarks/target/ready-state");
  private static final int WARM_UPS = 3;
  private static final double NANOS = 1e9;
  private static final double MILLION = 1e6;

  /**
   * All works with all peers for which they are written.
   *
   * @param elements of a round of most of them
   */
  public static List<Benchmark> all(long elements, int parallelism) {
    List<Benchmark> all = new ArrayList<>();
    for (Work work : Work.values()) {
      for (Peer peer : Peer.values()) {
        if (peer.does(work)) {
          all.add(new WorkComparison(work, peer, Load.of(work, peer, elements), parallelism));
        }
      }
    }
    return all;
  }

  @Override
  public String name() {
    return "ready-" + work.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-" + peer;
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<Run> ours = new ArrayList<>();
    List<Run> theirs = new ArrayList<>();
    try (StateFolder state = new StateFolder(STATE);
        SideProcess our = ours(state);
        SideProcess their =
            peer.start(work, peer.tasks(parallelism), state, log(peer.toString()))) {
      for (int i = 0; i < WARM_UPS + rounds; i++) {
        String request = Long.toString(i < WARM_UPS ? load.warmUpElements() : load.elements());
        Run ourRun = Run.of(our.ask(request));
        Run theirRun = Run.of(their.ask(request));
        check(ourRun, theirRun);
        if (i >= WARM_UPS) {
          ours.add(ourRun);
          theirs.add(theirRun);
        }
      }
    }
    return List.of(
        Comparison.of(
            name(),
            work.unit() + "/s",
            Better.MORE,
            ours.stream().map(this::rate).toList(),
            description(),
            theirs.stream().map(this::rate).toList()),
        Comparison.of(
            name() + "-cpu",
            "s/million",
            Better.LESS,
            ours.stream().map(this::cost).toList(),
            description(),
            theirs.stream().map(this::cost).toList()));
  }

  /** The peer, and on what it was measured, since that is not the same for all. */
  private String description() {
    return peer.description()
        + (work.durable() ? ", " + StateFolder.description() : "")
        + ", "
        + load.elements()
        + " "
        + work.unit();
  }

  private SideProcess ours(StateFolder state) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(work.name());
    arguments.add("--runner=NativeRunner");
    arguments.add("--parallelism=" + peer.tasks(parallelism));
    if (work.durable()) {
      arguments.addAll(state.nativeFlags());
    } else {
      // The peers take no checkpoints either unless they are told to.
      arguments.add("--checkpointingInterval=0");
    }
    return new SideProcess(
        System.getProperty("java.class.path"), BeamProgram.class, arguments, log("ours"));
  }

  private Path log(String side) {
    return LOGS.resolve(name() + "-of-" + side + ".log");
  }

  private double rate(Run run) {
    return load.elements() / (run.nanos / NANOS);
  }

  private double cost(Run run) {
    return run.cpuNanos / NANOS / (load.elements() / MILLION);
  }

  private void check(Run ours, Run theirs) {
    boolean same =
        switch (work) {
          // Windows of processing time close when they close.
          case Q12 -> true;
          // Of a seller's winners, which come first depends on the order of parallel tasks.
          case Q06 -> ours.results == theirs.results;
          default -> ours.results == theirs.results && ours.hash == theirs.hash;
        };
    if (!same) {
      throw new IllegalStateException(
          name() + ": we had " + ours.outcome() + ", the peer " + theirs.outcome());
    }
  }

  private record Run(long nanos, long cpuNanos, long results, long hash) {
    static Run of(long... figures) {
      return new Run(figures[0], figures[1], figures[2], figures[3]);
    }

    String outcome() {
      return results + " results with hash " + hash;
    }
  }
}
