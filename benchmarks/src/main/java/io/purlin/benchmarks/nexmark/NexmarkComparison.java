package io.purlin.benchmarks.nexmark;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.side.FlinkPeer;
import io.purlin.benchmarks.side.PeerPaths;
import io.purlin.benchmarks.side.SideProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A query over an unbounded source of events on the native runner and on Beam's FlinkRunner with a
 * local cluster in its process. Both are warm, and run in turn.
 *
 * @param query number of the Nexmark query
 * @param events of each round
 * @param parallelism of both
 */
public record NexmarkComparison(int query, long events, int parallelism) implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final int WARM_UPS = 4;

  /** What is asked for of each query. */
  private static final double LEAST = 2;

  private static final int PROCESSING_TIME_QUERY = 12;

  /** All queries that need no file system. */
  public static List<Benchmark> all(long events, int parallelism) {
    return Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12)
        .<Benchmark>map(query -> new NexmarkComparison(query, events, parallelism))
        .toList();
  }

  /**
   * One run.
   *
   * @param seconds from the first event to the last bundle
   * @param results how many results there were
   */
  private record Run(double seconds, long results) {
    static Run of(long... figures) {
      return new Run(figures[0] / 1e9, figures[1]);
    }
  }

  @Override
  public String name() {
    return "nexmark-q%02d-unbounded".formatted(query);
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (SideProcess our = start("native", System.getProperty("java.class.path"), ourFlags());
        SideProcess their = start("flink", PeerPaths.flinkRunner(), FlinkPeer.flags(parallelism))) {
      String request = Long.toString(events);
      for (int i = 0; i < WARM_UPS; i++) {
        our.ask(request);
        their.ask(request);
      }
      for (int i = 0; i < rounds; i++) {
        Run ourRun = Run.of(our.ask(request));
        Run theirRun = Run.of(their.ask(request));
        // Windows of processing time close when they close.
        if (query != PROCESSING_TIME_QUERY && ourRun.results() != theirRun.results()) {
          throw new IllegalStateException(
              "we had " + ourRun.results() + " results and the peer " + theirRun.results());
        }
        ours.add(events / ourRun.seconds());
        theirs.add(events / theirRun.seconds());
      }
    }
    return List.of(
        Comparison.of(name(), "events/s", Better.MORE, ours, FlinkPeer.NAME, theirs).asking(LEAST));
  }

  private SideProcess start(String side, String classPath, List<String> flags) throws IOException {
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(query));
    arguments.addAll(flags);
    return new SideProcess(
        classPath, QueryProgram.class, arguments, LOGS.resolve(name() + "-" + side + ".log"));
  }

  private List<String> ourFlags() {
    // The peer takes no checkpoints either unless it is told to.
    return List.of(
        "--runner=NativeRunner", "--checkpointingInterval=0", "--parallelism=" + parallelism);
  }
}
