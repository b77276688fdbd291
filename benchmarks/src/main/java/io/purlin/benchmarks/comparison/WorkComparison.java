package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
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
  static final Path LOGS = Path.of("benchmarks/target/logs");
  static final Path STATE = Path.of("benchmarks/target/ready-state");
  static final int WARM_UPS = 3;

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
        SideProcess our = Ours.start(work, peer.tasks(parallelism), state, List.of(), log("ours"));
        SideProcess their =
            peer.start(work, peer.tasks(parallelism), state, log(peer.toString()))) {
      for (int i = 0; i < WARM_UPS + rounds; i++) {
        String request = Long.toString(i < WARM_UPS ? load.warmUpElements() : load.elements());
        Run ourRun = Run.of(our.ask(request));
        Run theirRun = Run.of(their.ask(request));
        if (peer.hasSameInput()) {
          ourRun.check(name(), work, theirRun);
        }
        if (i >= WARM_UPS) {
          ours.add(ourRun);
          theirs.add(theirRun);
        }
      }
    }
    String description =
        peer.description() + (work.durable() ? ", " + StateFolder.description() : "");
    return Run.compare(
        new Run.Asked(name(), work, load.elements(), Bars.least(work, peer)),
        description,
        ours,
        theirs);
  }

  private Path log(String side) {
    return LOGS.resolve(name() + "-of-" + side + ".log");
  }
}
