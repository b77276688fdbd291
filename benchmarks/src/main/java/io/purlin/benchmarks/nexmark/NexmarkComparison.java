package io.purlin.benchmarks.nexmark;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
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
  private static final Path TARGET = Path.of("benchmarks/target");
  private static final String PEER = peer();
  private static final int WARM_UPS = 4;
  private static final int PROCESSING_TIME_QUERY = 12;

  /** All queries that need no file system. */
  public static List<Benchmark> all(long events, int parallelism) {
    return Stream.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12)
        .<Benchmark>map(query -> new NexmarkComparison(query, events, parallelism))
        .toList();
  }

  @Override
  public String name() {
    return "nexmark-q%02d-unbounded".formatted(query);
  }

  @Override
  public Comparison run(int rounds) throws IOException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (QueryProcess our = start("native", ourClassPath(), ourFlags());
        QueryProcess their = start("flink", flinkClassPath(), flinkFlags())) {
      for (int i = 0; i < WARM_UPS; i++) {
        our.run(events);
        their.run(events);
      }
      for (int i = 0; i < rounds; i++) {
        QueryProcess.Run ourRun = our.run(events);
        QueryProcess.Run theirRun = their.run(events);
        // Windows of processing time close when they close.
        if (query != PROCESSING_TIME_QUERY && ourRun.results() != theirRun.results()) {
          throw new IllegalStateException(
              "we had " + ourRun.results() + " results and the peer " + theirRun.results());
        }
        ours.add(events / ourRun.seconds());
        theirs.add(events / theirRun.seconds());
      }
    }
    return Comparison.of(name(), "events/s", Better.MORE, ours, PEER, theirs);
  }

  private QueryProcess start(String side, String classPath, List<String> flags) throws IOException {
    return new QueryProcess(
        classPath, query, flags, TARGET.resolve("logs").resolve(name() + "-" + side + ".log"));
  }

  private List<String> ourFlags() {
    // The peer takes no checkpoints either unless it is told to.
    return List.of(
        "--runner=NativeRunner", "--checkpointingInterval=0", "--parallelism=" + parallelism);
  }

  private List<String> flinkFlags() {
    return List.of(
        "--runner=FlinkRunner",
        "--flinkMaster=[local]",
        "--streaming=true",
        "--fasterCopy=true",
        "--parallelism=" + parallelism);
  }

  private static String ourClassPath() {
    return System.getProperty("java.class.path");
  }

  private static String peer() {
    Properties versions = new Properties();
    try (InputStream in = NexmarkComparison.class.getResourceAsStream("peer.properties")) {
      versions.load(in);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    return "FlinkRunner " + versions.getProperty("flinkrunner") + ", Flink 1.19, fasterCopy";
  }

  /** The peer's Beam comes first; what is ours knows no runner. */
  private static String flinkClassPath() throws IOException {
    String peer = Files.readString(Path.of("benchmarks/flink/target/flink.classpath")).strip();
    return String.join(
        File.pathSeparator,
        peer,
        TARGET.resolve("classes").toString(),
        Path.of("pipelines/target/classes").toString());
  }
}
