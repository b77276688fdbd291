package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.side.FlinkPeer;
import io.purlin.benchmarks.side.PeerPaths;
import io.purlin.benchmarks.side.SideProcess;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;

/**
 * Copies a topic of 100-byte records exactly once, with a commit each second, on our side and on a
 * peer's, both warm and in turn, on a broker in a process of its own. What was copied is checked
 * each time.
 *
 * @param peer beside whom
 * @param records of each of our runs
 * @param parallelism of both
 */
public record KafkaCopyComparison(Peer peer, long records, int parallelism) implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final double MILLION = 1e6;

  /** Beside whom we are measured. */
  public enum Peer {
    /** A loop around Kafka's clients. */
    LOOP(1, 3),
    /**
     * KafkaIO's exactly-once sink on Flink. It is given a part of the records, since its groupings
     * fire for each element and each of what they emit is a transaction of its own.
     */
    FLINK(10_000, 1);

    private final int part;
    private final int warmUps;

    Peer(int part, int warmUps) {
      this.part = part;
      this.warmUps = warmUps;
    }
  }

  /** Beside each peer. */
  public static List<Benchmark> all(long records, int parallelism) {
    return List.of(
        new KafkaCopyComparison(Peer.LOOP, records, parallelism),
        new KafkaCopyComparison(Peer.FLINK, records, parallelism));
  }

  @Override
  public String name() {
    return "kafka-copy-" + peer.name().toLowerCase(Locale.ROOT);
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
          peer.part == 1 ? ourSource : Source.create(topics, "from-few", records / peer.part);
      try (SideProcess our = ours(broker.folder());
          SideProcess their = theirs(broker.folder())) {
        for (int i = -peer.warmUps; i < rounds; i++) {
          Run ourRun = copy(our, ourSource, broker.bootstrapServers(), topics, "ours-" + i);
          Run theirRun = copy(their, theirSource, broker.bootstrapServers(), topics, "peers-" + i);
          if (i >= 0) {
            ours.add(ourRun);
            theirs.add(theirRun);
          }
        }
      }
    }
    String version = peer == Peer.LOOP ? "consume-produce loop" : FlinkPeer.NAME + ", withEOS";
    return List.of(
        Comparison.of(name(), "records/s", Better.MORE, ours.rates, version, theirs.rates),
        Comparison.of(name() + "-cpu", "CPU s/M", Better.LESS, ours.costs, version, theirs.costs));
  }

  private SideProcess ours(Path folder) throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        PipelineCopy.class,
        List.of(
            "--runner=NativeRunner",
            "--checkpointDir=" + folder.resolve("checkpoints"),
            "--parallelism=" + parallelism),
        LOGS.resolve(name() + "-native.log"));
  }

  private SideProcess theirs(Path folder) throws IOException {
    Path log = LOGS.resolve(name() + "-peer.log");
    if (peer == Peer.LOOP) {
      return new SideProcess(System.getProperty("java.class.path"), CopyLoop.class, List.of(), log);
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(Integer.toString(parallelism));
    arguments.addAll(FlinkPeer.flags(parallelism));
    arguments.add("--checkpointingInterval=1000");
    arguments.add("--stateBackend=filesystem");
    arguments.add("--stateBackendStoragePath=" + folder.resolve("flink").toUri());
    return new SideProcess(PeerPaths.flinkRunner(), EosCopy.class, arguments, log);
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
