package io.purlin.benchmarks.clickstream;

import io.purlin.pipelines.clickstream.ClickstreamOptions;
import io.purlin.pipelines.clickstream.generator.ClickModel;
import io.purlin.pipelines.clickstream.wire.CorruptRecordException;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import io.purlin.pipelines.clickstream.wire.WireReader;
import io.purlin.pipelines.kafka.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.beam.sdk.PipelineResult;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the committed results of a run as they come, until each that is expected has been among
 * them. Lifetime: one run; used by one thread.
 */
final class CommittedResults implements AutoCloseable {
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final Consumer<byte[], byte[]> consumer;
  private final String pageViews;
  private final MissingResults missing;
  private final WireReader wire = new WireReader();

  private CommittedResults(
      Consumer<byte[], byte[]> consumer, String pageViews, MissingResults missing) {
    this.consumer = consumer;
    this.pageViews = pageViews;
    this.missing = missing;
  }

  /** Of the clicks that the options describe, in the topics that they name. */
  static CommittedResults of(ClickstreamOptions options) {
    String servers = options.getBootstrapServers();
    String pageViews = Objects.requireNonNull(options.getPageViewsTopic());
    Set<TopicPartition> partitions = new HashSet<>();
    try (Topics topics = Topics.at(servers)) {
      partitions.addAll(topics.starts(pageViews).keySet());
      partitions.addAll(topics.starts(Objects.requireNonNull(options.getSessionsTopic())).keySet());
    }
    Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    return new CommittedResults(consumer, pageViews, missing(options));
  }

  private static MissingResults missing(ClickstreamOptions options) {
    ClickModel model =
        new ClickModel(
            options.getSeed(),
            Objects.requireNonNull(options.getClicks()),
            options.getAllowedDelayMillis(),
            options.getOutOfOrderMillis(),
            options.getSessionGapMillis());
    model.forEachRemaining(delivery -> {});
    return new MissingResults(model.expected());
  }

  /**
   * Waits until all have been there.
   *
   * @throws IllegalStateException when the job has ended before, or it takes too long
   */
  void await(PipelineResult job) {
    long since = System.nanoTime();
    while (!missing.isEmpty()) {
      ConsumerRecords<byte[], byte[]> records = consumer.poll(LOOK);
      records.forEach(this::see);
      // To ask for its state is work for the job, too.
      boolean over = records.isEmpty() && job.getState().isTerminal();
      if (over || System.nanoTime() - since > LONGEST.toNanos()) {
        throw new IllegalStateException(missing + " are missing, and the job is " + job.getState());
      }
    }
  }

  private void see(ConsumerRecord<byte[], byte[]> record) {
    try {
      if (record.topic().equals(pageViews)) {
        missing.see(PageViews.fromWire(wire, record.value()));
      } else {
        missing.see(UserSession.fromWire(wire, record.value()));
      }
    } catch (CorruptRecordException e) {
      throw new IllegalStateException("not a result: " + record, e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
