package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What it costs to look at a job: the keyed count with its port open, {@code --progress}, and
 * somebody who asks for the status page's figures and the metrics each second, beside the same
 * without any of that. In turn, in one process: of two processes that do the same, one may be
 * slower by more than what is looked for, all the time that it lives. Which comes first changes
 * from round to round.
 *
 * @param elements of a round
 * @param parallelism of both
 */
public record WatchedComparison(long elements, int parallelism) implements Benchmark {
  private static final Work WORK = Work.KEYED_COUNT;

  /** One in a hundred may be lost. */
  private static final double LEAST = 0.99;

  /** A second or two would be what compiling and the collector make of it. */
  private static final int LONG = 10;

  @Override
  public String name() {
    return "watched-keyed-count";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    int port = freePort();
    List<Run> watched = new ArrayList<>();
    List<Run> unwatched = new ArrayList<>();
    long size = LONG * elements;
    Path log = WorkComparison.LOGS.resolve(name() + ".log");
    try (StateFolder state = new StateFolder(WorkComparison.STATE);
        SideProcess side = Ours.start(WORK, parallelism, state, List.of(), log);
        Onlooker onlooker = new Onlooker(port)) {
      // Warm-ups are as long as rounds: what answers is compiled in them, too.
      String plainly = Long.toString(size);
      String openly = plainly + " --restPort=" + port + " --progress=plain";
      for (int i = 0; i < WorkComparison.WARM_UPS + rounds; i++) {
        boolean counts = i >= WorkComparison.WARM_UPS;
        boolean openlyFirst = i % 2 == 0;
        long looks = onlooker.looks();
        Run first = Run.of(side.ask(openlyFirst ? openly : plainly));
        Run second = Run.of(side.ask(openlyFirst ? plainly : openly));
        first.check(name(), WORK, second);
        if (counts) {
          if (onlooker.looks() == looks) {
            throw new IllegalStateException("nobody has looked at the job of round " + i);
          }
          watched.add(openlyFirst ? first : second);
          unwatched.add(openlyFirst ? second : first);
        }
      }
    }
    return Run.compare(
        new Run.Asked(name(), WORK, size, LEAST),
        "ours, without port and --progress",
        watched,
        unwatched);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
