package io.purlin.io.kafka.source;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.NoOffsetForPartitionException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/** Reads the logs of a {@link FakeKafka}. */
final class FakeConsumer extends MockConsumer<byte[], byte[]> {
  private final FakeKafka kafka;
  private final Map<String, Object> config;
  private double bytes;

  FakeConsumer(FakeKafka kafka, Map<String, Object> config) {
    super(OffsetResetStrategy.NONE);
    this.kafka = kafka;
    this.config = config;
    Map<TopicPartition, Long> begins = new HashMap<>();
    kafka.logs.forEach((partition, log) -> begins.put(partition, log.begin));
    updateBeginningOffsets(begins);
  }

  private String reset() {
    return String.valueOf(config.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
  }

  @Override
  public synchronized void close(Duration timeout) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptException(new InterruptedException());
    }
    super.close(timeout);
  }

  /** Where a consumer that was only assigned is; a reading one has been told by seek. */
  @Override
  public synchronized long position(TopicPartition partition) {
    if (reset().equals("none")) {
      long read = super.position(partition);
      boolean more =
          kafka.log(partition).records.stream().anyMatch(record -> record.offset() >= read);
      return more ? read : Math.max(read, kafka.log(partition).end);
    }
    Long committed = kafka.group.get(partition);
    if (committed != null && config.containsKey(ConsumerConfig.GROUP_ID_CONFIG)) {
      return committed;
    }
    return switch (reset()) {
      case "earliest" -> kafka.log(partition).begin;
      case "latest" -> kafka.log(partition).end;
      default -> throw new NoOffsetForPartitionException(partition);
    };
  }

  /** What has come in, as Kafka's consumer tells it. */
  @Override
  public synchronized Map<MetricName, ? extends Metric> metrics() {
    MetricName name = new MetricName("incoming-byte-total", "consumer-metrics", "", Map.of());
    return Map.of(
        name,
        new Metric() {
          @Override
          public MetricName metricName() {
            return name;
          }

          @Override
          public Object metricValue() {
            return bytes;
          }
        });
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    kafka.polls++;
    if (kafka.pollsUntilWhole > 0) {
      kafka.pollsUntilWhole--;
      bytes += 100;
      return ConsumerRecords.empty();
    }
    Map<TopicPartition, Long> begins = new HashMap<>();
    kafka.logs.forEach((partition, log) -> begins.put(partition, log.begin));
    updateBeginningOffsets(begins);
    for (TopicPartition partition : Set.copyOf(assignment())) {
      if (paused().contains(partition)) {
        continue;
      }
      long read = super.position(partition);
      if (read < kafka.log(partition).begin) {
        throw new OffsetOutOfRangeException(Map.of(partition, read));
      }
      for (ConsumerRecord<byte[], byte[]> record : kafka.log(partition).records) {
        if (record.offset() >= read) {
          addRecord(record);
        }
      }
    }
    return super.poll(timeout);
  }

  @Override
  public synchronized Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(
      Map<TopicPartition, Long> times) {
    Map<TopicPartition, OffsetAndTimestamp> found = new HashMap<>();
    times.forEach(
        (partition, time) ->
            found.put(
                partition,
                kafka.log(partition).records.stream()
                    .filter(record -> record.timestamp() >= time)
                    .findFirst()
                    .map(record -> new OffsetAndTimestamp(record.offset(), record.timestamp()))
                    .orElse(null)));
    return found;
  }

  @Override
  public synchronized void commitAsync(
      Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
    if (kafka.commitsFail) {
      callback.onComplete(offsets, new TimeoutException("away"));
      return;
    }
    commit(offsets);
    callback.onComplete(offsets, null);
  }

  @Override
  public synchronized void commitSync(
      Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptException(new InterruptedException());
    }
    if (kafka.commitsFail) {
      throw new TimeoutException("away");
    }
    commit(offsets);
  }

  private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
    Map<TopicPartition, Long> committed = new HashMap<>();
    offsets.forEach((partition, offset) -> committed.put(partition, offset.offset()));
    kafka.commits.add(committed);
    kafka.group.putAll(committed);
  }

  @Override
  public OptionalLong currentLag(TopicPartition partition) {
    return OptionalLong.of(kafka.log(partition).end - position(partition));
  }
}
