package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.side.SideProcess;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Copies a topic of 100-byte records exactly once, with a commit each second, on our side and on a
 * peer's, both warm and in turn, on a broker in a process of its own. What was copied is checked
 * each time.
 *
 * @param peer beside whom
 * @param records of each of our runs
 * @param parallelism of both
 */
public record KafkaCopyComparison(CopyPeer peer, long records, int parallelism)
    implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final int WARM_UPS = 3;
  private static final double MILLION = 1e6;

  /** Beside each peer. */
  public static List<Benchmark> all(long records, int parallelism) {
    return Stream.of(CopyPeer.values())
        .<Benchmark>map(peer -> new KafkaCopyComparison(peer, records, parallelism))
        .toList();
  }

  @Override
  public String name() {
    return "kafka-copy-" + peer;
  }

  @Override
  public List<Comparison> run(int rounds)
      throws IOException, ExecutionException, InterruptedException {
    Figures ours = new Figures();
    Figures theirs = new Figures();
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      CopyTopics topics = new CopyTopics(broker.bootstrapServers());
      Source ourSource = Source.create(topics, "from", records);
      Source theirSource =
          peer.part() == 1 ? ourSource : Source.create(topics, "from-few", records / peer.part());
      try (SideProcess our = ours(broker.folder());
          SideProcess their = peer.start(parallelism, broker.folder(), log("peer"))) {
        for (int i = -WARM_UPS; i < rounds; i++) {
          Run ourRun = copy(our, ourSource, broker.bootstrapServers(), topics, "ours-" + i);
          Run theirRun = copy(their, theirSource, broker.bootstrapServers(), topics, "peers-" + i);
          if (i >= 0) {
            ours.add(ourRun);
            theirs.add(theirRun);
          }
        }
      }
    }
    return List.of(
        Comparison.of(name(), "records/s", Better.MORE, ours.rates, peer.version(), theirs.rates)
            .asking(peer.least()),
        Comparison.of(
            name() + "-cpu", "CPU s/M", Better.LESS, ours.costs, peer.version(), theirs.costs));
  }

  private SideProcess ours(Path folder) throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        PipelineCopy.class,
        List.of(
            "--runner=NativeRunner",
            "--checkpointDir=" + folder.resolve("checkpoints"),
            "--parallelism=" + parallelism),
        log("native"));
  }

  private Path log(String side) {
    return LOGS.resolve(name() + "-" + side + ".log");
  }

  private static Run copy(
      SideProcess side, Source source, String servers, CopyTopics topics, String to)
      throws IOException, ExecutionException, InterruptedException {
    topics.create(to);
    long records = source.contents.records();
    long[] figures = side.ask(new CopyRequest(servers, source.topic, to, records).line());
    CopyTopics.Contents copied = topics.contents(to);
    if (!copied.equals(source.contents)) {
      throw new IllegalStateException(to + " holds " + copied + ", not " + source.contents);
    }
    topics.delete(to);
    return new Run(records / (figures[0] / 1e9), figures[1] / 1e9 / (records / MILLION));
  }

  /** A topic to be copied. */
  private record Source(String topic, CopyTopics.Contents contents) {
    static Source create(CopyTopics topics, String topic, long records)
        throws ExecutionException, InterruptedException {
      topics.createFull(topic, records);
      return new Source(topic, topics.contents(topic));
    }
  }

  /** Records a second, and seconds of all processors for a million of them. */
  private record Run(double rate, double cost) {}

  /** The figures of a side, by round. */
  private static final class Figures {
    private final List<Double> rates = new ArrayList<>();
    private final List<Double> costs = new ArrayList<>();

    void add(Run run) {
      rates.add(run.rate);
      costs.add(run.cost);
    }
  }
}
