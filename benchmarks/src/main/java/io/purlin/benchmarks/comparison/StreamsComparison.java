package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.Benchmark;
import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.loop.LoopProgram;
import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.Work;
import io.purlin.benchmarks.side.PeerPaths;
import io.purlin.benchmarks.side.SideProcess;
import io.purlin.benchmarks.streams.ClickTopic;
import io.purlin.benchmarks.streams.CountRequest;
import io.purlin.benchmarks.streams.StreamsCount;
import io.purlin.benchmarks.streams.TopicCount;
import io.purlin.pipelines.broker.EmbeddedBroker;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A keyed count on ours and on Kafka Streams, both out of a topic that is full before, on a broker
 * in a process of its own. What both must come to is what the loop comes to.
 *
 * @param work a count of clicks in windows
 * @param load how many elements both are given
 * @param parallelism of both
 */
public record StreamsComparison(Work work, Load load, int parallelism) implements Benchmark {
  /**
   * In memory, and in RocksDB.
   *
   * @param elements of a round of most works
   */
  public static List<Benchmark> all(long elements, int parallelism) {
    return Stream.of(Work.KEYED_COUNT, Work.KEYED_COUNT_ROCKSDB)
        .<Benchmark>map(
            work -> new StreamsComparison(work, Load.of(work, Peer.FLINK, elements), parallelism))
        .toList();
  }

  @Override
  public String name() {
    return "ready-" + work.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-kafka-streams";
  }

  @Override
  public List<Comparison> run(int rounds) throws IOException {
    List<Run> ours = new ArrayList<>();
    List<Run> theirs = new ArrayList<>();
    try (EmbeddedBroker broker = EmbeddedBroker.start();
        StateFolder state = new StateFolder(WorkComparison.STATE)) {
      Topic few = Topic.create(broker, "few-clicks", load.warmUpElements());
      Topic all = Topic.create(broker, "clicks", load.elements());
      try (SideProcess our = ours(state);
          SideProcess their = theirs(state)) {
        for (int i = 0; i < WorkComparison.WARM_UPS + rounds; i++) {
          Topic topic = i < WorkComparison.WARM_UPS ? few : all;
          Run ourRun = Run.of(our.ask(topic.request.line()));
          ourRun.check(name() + " beside the loop", work, topic.expected);
          Run theirRun = Run.of(their.ask(topic.request.line()));
          ourRun.check(name(), work, theirRun);
          if (i >= WorkComparison.WARM_UPS) {
            ours.add(ourRun);
            theirs.add(theirRun);
          }
        }
      }
    }
    String peer =
        "Kafka Streams "
            + PeerPaths.KAFKA_STREAMS_VERSION
            + (work.durable() ? ", RocksDB, changelog, commits every 10 s" : ", in memory");
    return Run.compare(
        new Run.Asked(name(), work, load.elements(), Bars.leastBesideStreams()),
        peer,
        ours,
        theirs);
  }

  private SideProcess ours(StateFolder state) throws IOException {
    return new SideProcess(
        System.getProperty("java.class.path"),
        TopicCount.class,
        Ours.flags(work, parallelism, state),
        log("ours"));
  }

  private SideProcess theirs(StateFolder state) throws IOException {
    return new SideProcess(
        PeerPaths.kafkaStreams(),
        StreamsCount.class,
        List.of(
            Integer.toString(parallelism),
            state.streamsFolder().toString(),
            Boolean.toString(work.durable())),
        log("kafka-streams"));
  }

  private Path log(String side) {
    return logOf(name() + "-of-" + side);
  }

  private static Path logOf(String name) {
    return WorkComparison.LOGS.resolve(name + ".log");
  }

  /** A topic that is full, and what is to come of it. */
  private record Topic(CountRequest request, Run expected) {
    static Topic create(EmbeddedBroker broker, String name, long clicks) throws IOException {
      ClickTopic.fill(
          broker.bootstrapServers(),
          name,
          new InputSpec(InputSpec.Kind.CLICKS, Math.toIntExact(clicks)));
      try (SideProcess loop =
          new SideProcess(
              System.getProperty("java.class.path"),
              LoopProgram.class,
              List.of(Work.KEYED_COUNT.name()),
              logOf("ready-kafka-streams-of-loop"))) {
        Run expected = Run.of(loop.ask(Long.toString(clicks)));
        return new Topic(
            new CountRequest(broker.bootstrapServers(), name, expected.results()), expected);
      }
    }
  }
}
