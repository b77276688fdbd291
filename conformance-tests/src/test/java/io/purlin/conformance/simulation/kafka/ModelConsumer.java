package io.purlin.conformance.simulation.kafka;

import io.purlin.conformance.simulation.world.Life;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/** A consumer of committed records, of one partition that it was assigned. */
@SuppressWarnings("UnsynchronizedOverridesSynchronized") // one thread plays all
public final class ModelConsumer extends MockConsumer<byte[], byte[]> {
  private static final long PATIENCE_MILLIS = 300;
  private static final int MOST_RECORDS = 50;

  private final ModelBroker broker;
  private final Life life;
  private TopicPartition assigned = new TopicPartition("", 0);
  private long position;

  /** A consumer of a process. */
  public ModelConsumer(ModelBroker broker, Life life) {
    super(OffsetResetStrategy.EARLIEST);
    this.broker = broker;
    this.life = life;
  }

  @Override
  public void assign(Collection<TopicPartition> partitions) {
    life.stillThere();
    assigned = partitions.iterator().next();
  }

  @Override
  public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
    broker.reach(life, "asks where a topic begins", PATIENCE_MILLIS);
    return partitions.stream().collect(Collectors.toMap(each -> each, each -> 0L));
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    broker.reach(life, "asks where a topic ends", PATIENCE_MILLIS);
    return partitions.stream()
        .collect(Collectors.toMap(each -> each, each -> broker.topic(each.topic()).stable()));
  }

  @Override
  public void seek(TopicPartition partition, long offset) {
    position = offset;
  }

  @Override
  public long position(TopicPartition partition) {
    life.stillThere();
    return position;
  }

  @Override
  public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    life.does("polls");
    broker.giveUpOld();
    ModelTopic topic = broker.topic(assigned.topic());
    long to = Math.min(topic.stable(), position + MOST_RECORDS);
    if (to <= position) {
      broker.world().pass(timeout.toMillis());
      return ConsumerRecords.empty();
    }
    List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
    for (ModelTopic.Entry each : topic.committed(position, to)) {
      found.add(
          new ConsumerRecord<>(
              topic.name(), 0, each.offset(), bytes(each.key()), bytes(each.value())));
    }
    position = to;
    return new ConsumerRecords<>(Map.of(assigned, found));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    life.stillThere();
  }
}
