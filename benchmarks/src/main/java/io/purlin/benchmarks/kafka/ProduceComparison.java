package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import io.purlin.benchmarks.side.PeerPaths;
import io.purlin.benchmarks.side.SideProcess;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/**
 * Writes records of 40 bytes to a topic, from a pipeline and with Kafka's {@code
 * ProducerPerformance}, with the same settings of the producer. Both are warm, run in turn, and
 * their starts count: of a job and of a producer. That all records are in the topic is checked.
 *
 * @param records of each run
 * @param parallelism of ours
 */
public record ProduceComparison(long records, int parallelism) implements Benchmark {
  private static final Path LOGS = Path.of("benchmarks/target/logs");
  private static final int WARM_UPS = 3;
  private static final double LEAST = 0.8;

  @Override
  public String name() {
    return "kafka-produce-tool";
  }

  @Override
  public List<Comparison> run(int rounds)
      throws IOException, ExecutionException, InterruptedException {
    List<Double> ours = new ArrayList<>();
    List<Double> theirs = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        SideProcess our = ours();
        SideProcess their =
            new SideProcess(
                PeerPaths.kafkaTools(), PerformanceTool.class, List.of(), log("tool"))) {
      CopyTopics topics = new CopyTopics(broker.bootstrapServers());
      for (int i = -WARM_UPS; i < rounds; i++) {
        double ourRate = produce(our, broker.bootstrapServers(), topics, "ours-" + i);
        double theirRate = produce(their, broker.bootstrapServers(), topics, "tools-" + i);
        if (i >= 0) {
          ours.add(ourRate);
          theirs.add(theirRate);
        }
      }
    }
    return List.of(
        Comparison.of(name(), "records/s", Better.MORE, ours, "ProducerPerformance", theirs)
            .asking(LEAST));
  }

  private SideProcess ours() throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        ProducePipeline.class,
        List.of(
            "--runner=NativeRunner", "--checkpointingInterval=0", "--parallelism=" + parallelism),
        log("native"));
  }

  private Path log(String side) {
    return LOGS.resolve(name() + "-" + side + ".log");
  }

  private double produce(SideProcess side, String servers, CopyTopics topics, String to)
      throws IOException, ExecutionException, InterruptedException {
    topics.create(to);
    long[] figures = side.ask(new CopyRequest(servers, "none", to, records).line());
    long written = topics.contents(to).records();
    if (written != records) {
      throw new IllegalStateException(to + " holds " + written + " records, not " + records);
    }
    topics.delete(to);
    return records / (figures[0] / 1e9);
  }
}
