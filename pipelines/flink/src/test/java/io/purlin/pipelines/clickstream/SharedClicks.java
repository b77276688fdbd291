package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.generator.ClickModel;
import io.purlin.pipelines.clickstream.generator.Delivery;
import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.CorruptRecordException;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import io.purlin.pipelines.clickstream.wire.WireReader;
import io.purlin.pipelines.clickstream.wire.WireWriter;
import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Generated clicks in a topic, written a stretch at a time, and two runs of {@code Clickstream}
 * that read them one after the other as the same consumer group. Owned by the test.
 */
public final class SharedClicks implements AutoCloseable {
  private static final String CLICKS = "clicks";
  private static final String PAGE_VIEWS = "page-views";
  private static final String SESSIONS = "sessions";
  private static final String GROUP = "clickstream";
  private static final int PARTITIONS = 4;

  private final String servers;
  private final Topics topics;
  private final Admin admin;
  private final TopicWriter writer;
  private final WireWriter wire = new WireWriter();
  private final ClickstreamOptions defaults =
      PipelineOptionsFactory.create().as(ClickstreamOptions.class);
  private final ClickModel model;
  private long arrivalMillis;

  /**
   * Where the topics stood when one run had ended and the other had not begun.
   *
   * @param clicks how far the group had read
   * @param results how far results were written
   */
  public record Change(Map<TopicPartition, Long> clicks, Map<TopicPartition, Long> results) {
    /** How many clicks had been read. */
    public long clicksBefore() {
      return clicks.values().stream().mapToLong(Long::longValue).sum();
    }

    private int sideOf(ConsumerRecord<?, ?> record) {
      TopicPartition partition = new TopicPartition(record.topic(), record.partition());
      Map<TopicPartition, Long> ends = record.topic().equals(CLICKS) ? clicks : results;
      return record.offset() < ends.getOrDefault(partition, 0L) ? 0 : 1;
    }
  }

  /**
   * Makes the topics.
   *
   * @param clicks how many different ones
   */
  public SharedClicks(String servers, int clicks) {
    this.servers = servers;
    this.topics = Topics.at(servers);
    this.admin = Admin.create(Map.of("bootstrap.servers", servers));
    this.writer = new TopicWriter(servers);
    this.model =
        new ClickModel(
            defaults.getSeed(),
            clicks,
            defaults.getAllowedDelayMillis(),
            defaults.getOutOfOrderMillis(),
            defaults.getSessionGapMillis());
    List.of(CLICKS, PAGE_VIEWS, SESSIONS).forEach(topic -> topics.create(topic, PARTITIONS));
  }

  /** Arguments of both runs. */
  public List<String> arguments() {
    return List.of(
        "--bootstrapServers=" + servers,
        "--groupId=" + GROUP,
        "--clicksTopic=" + CLICKS,
        "--pageViewsTopic=" + PAGE_VIEWS,
        "--sessionsTopic=" + SESSIONS);
  }

  /** Hands over the next clicks, if there are any, which come to the topic soon. */
  public void send(int clicks) {
    for (int i = 0; i < clicks && model.hasNext(); i++) {
      Delivery delivery = model.next();
      arrivalMillis = delivery.arrivalMillis();
      byte[] key = delivery.click().getUser().getBytes(StandardCharsets.UTF_8);
      writer.send(
          new ProducerRecord<>(CLICKS, null, arrivalMillis, key, delivery.click().toWire(wire)));
    }
  }

  /** Hands over all clicks that are left, and that nothing follows them. */
  public void sendRest() {
    send(Integer.MAX_VALUE);
    for (int partition = 0; partition < PARTITIONS; partition++) {
      EndOfStream.marks(CLICKS, partition, arrivalMillis).forEach(writer::send);
    }
  }

  /** Waits until all that was handed over is in the topic. */
  public void flush() {
    writer.flush();
  }

  /** Whether the group has been told that all is read which is in the topic. */
  public boolean allRead() throws ExecutionException, InterruptedException {
    return groupOffsets().equals(topics.ends(CLICKS));
  }

  private Map<TopicPartition, Long> groupOffsets() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    admin
        .listConsumerGroupOffsets(GROUP)
        .partitionsToOffsetAndMetadata()
        .get()
        .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    return offsets;
  }

  /** Where the topics stand now, while nobody reads or writes. */
  public Change change() throws ExecutionException, InterruptedException {
    Map<TopicPartition, Long> results = new HashMap<>(topics.ends(PAGE_VIEWS));
    results.putAll(topics.ends(SESSIONS));
    return new Change(groupOffsets(), results);
  }

  /**
   * Compares what each run has written with what is to be expected of the clicks on its side of the
   * change, and both together with all clicks; what differs is said, one line each.
   */
  public List<String> differences(Change change) throws CorruptRecordException {
    List<ClicksOfRun> runs = List.of(run(), run());
    WireReader reader = new WireReader();
    try (TopicReader topic = new TopicReader(servers)) {
      for (ConsumerRecord<byte[], byte[]> each : all(topic, CLICKS)) {
        if (each.value().length > 0) {
          runs.get(change.sideOf(each))
              .read(Click.fromWire(reader, each.value()), each.timestamp());
        }
      }
      for (ConsumerRecord<byte[], byte[]> each : all(topic, PAGE_VIEWS)) {
        runs.get(change.sideOf(each)).wrote(PageViews.fromWire(reader, each.value()));
      }
      for (ConsumerRecord<byte[], byte[]> each : all(topic, SESSIONS)) {
        runs.get(change.sideOf(each)).wrote(UserSession.fromWire(reader, each.value()));
      }
    }
    return ClicksOfRun.differences(runs.get(0), runs.get(1), model.expected());
  }

  private ClicksOfRun run() {
    return new ClicksOfRun(defaults.getAllowedDelayMillis(), defaults.getSessionGapMillis());
  }

  private List<ConsumerRecord<byte[], byte[]>> all(TopicReader reader, String topic) {
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    reader.read(topics.starts(topic), records::add);
    return records;
  }

  @Override
  public void close() {
    writer.close();
    admin.close();
    topics.close();
  }
}
