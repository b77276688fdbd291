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
 * without any of that. In turn, each in a process of its own.
 *
 * @param elements of a round
 * @param parallelism of both
 */
public record WatchedComparison(long elements, int parallelism) implements Benchmark {
  private static final Work WORK = Work.KEYED_COUNT;

  /** One in a hundred may be lost. */
  private static final double LEAST = 0.99;

  /** A second or two would be what compiling and the collector make of it. */
  private static final int LONG = 5;

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
    try (StateFolder state = new StateFolder(WorkComparison.STATE);
        SideProcess one =
            Ours.startWith(
                WORK,
                parallelism,
                state,
                List.of("--restPort=" + port, "--progress=plain"),
                log("watched"));
        SideProcess other = Ours.start(WORK, parallelism, state, List.of(), log("unwatched"));
        Onlooker onlooker = new Onlooker(port)) {
      for (int i = 0; i < WorkComparison.WARM_UPS + rounds; i++) {
        boolean counts = i >= WorkComparison.WARM_UPS;
        String request = Long.toString(counts ? size : elements);
        long before = onlooker.looks();
        Run run = Run.of(one.ask(request));
        long looks = onlooker.looks() - before;
        Run plain = Run.of(other.ask(request));
        run.check(name(), WORK, plain);
        if (counts) {
          if (looks == 0) {
            throw new IllegalStateException("nobody has looked at the job of round " + i);
          }
          watched.add(run);
          unwatched.add(plain);
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

  private Path log(String side) {
    return WorkComparison.LOGS.resolve(name() + "-" + side + ".log");
  }
}
