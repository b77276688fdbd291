package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SplitOutput;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;

/**
 * One partition that is being read: records that were polled and not emitted yet, how far it has
 * come, its timestamp policy and its watermark. Owned by its reader.
 *
 * <p>Watermark = the last that the policy said before the end of time. The policy's end of time is
 * believed once nothing more is there, and ends the partition.
 *
 * @param <K> keys
 * @param <V> values
 */
final class PartitionCursor<K, V> {
  private static final long MIN = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final TopicPartition partition;
  private final long stop;
  private final TimestampPolicy<K, V> policy;
  private final PartitionLag lag;
  private final ReadMetrics metrics;
  private List<ConsumerRecord<byte[], byte[]>> polled = List.of();
  private int emitted;
  private long said;
  private long watermark;

  /**
   * @param position where it begins; start and stop are looked up
   * @param restored whether the position is a checkpoint's
   */
  PartitionCursor(Position position, boolean restored, TimestampPolicyFactory<K, V> policies) {
    this.partition = position.partition();
    this.stop = position.stop();
    this.said = position.watermarkMillis();
    this.watermark = said < END ? said : MIN;
    this.policy =
        policies.createTimestampPolicy(
            partition, restored ? Optional.of(Instant.ofEpochMilli(said)) : Optional.empty());
    this.lag = new PartitionLag(position.next());
    this.metrics = new ReadMetrics(partition);
  }

  TopicPartition partition() {
    return partition;
  }

  PartitionLag lag() {
    return lag;
  }

  ReadMetrics metrics() {
    return metrics;
  }

  long watermarkMillis() {
    return watermark;
  }

  /** Whether records that were polled wait to be emitted. */
  boolean hasRecords() {
    return emitted < polled.size();
  }

  /** Records that follow those before, which are all emitted. */
  void take(List<ConsumerRecord<byte[], byte[]>> records) {
    polled = records;
    emitted = 0;
  }

  /** The consumer is at an offset and all records before it are emitted. */
  void advanceTo(long offset) {
    if (offset > lag.next()) {
      lag.next(offset);
    }
  }

  /** Records are gone: reading goes on with the oldest there is. */
  void rewind() {
    lag.next(Position.BEGINNING);
  }

  /** Emits at most {@code max} records; returns how many. */
  int emit(SplitOutput<KafkaRecord<K, V>> output, int max, RecordDecoder<K, V> decoder) {
    int count = 0;
    while (count < max && emitted < polled.size()) {
      ConsumerRecord<byte[], byte[]> record = polled.get(emitted);
      if (record.offset() >= stop) {
        emitted = polled.size();
        lag.next(record.offset());
        break;
      }
      KafkaRecord<K, V> element = decoder.decode(record);
      long timestamp = policy.getTimestampForRecord(lag, element).getMillis();
      metrics.add(record.serializedKeySize(), record.serializedValueSize());
      emitted++;
      lag.next(record.offset() + 1);
      count++;
      output.emit(element, timestamp);
    }
    if (emitted == polled.size()) {
      polled = List.of();
      emitted = 0;
    }
    metrics.batchEnded();
    return count;
  }

  /** Asks the policy how far it is. */
  void refreshWatermark() {
    said = Math.max(MIN, Math.min(END, policy.getWatermark(lag).getMillis()));
    if (said < END) {
      watermark = Math.max(watermark, said);
    }
  }

  /** Whether it has come to the offset where it stops. */
  boolean isAtStop() {
    return !hasRecords() && lag.next() >= stop;
  }

  /** Whether its policy says that nothing follows. */
  boolean isAtEndOfTime() {
    return !hasRecords() && said >= END;
  }

  /** Where it is, behind the records that were emitted. */
  Position position(boolean ended) {
    return new Position(partition, lag.next(), stop, said, ended);
  }
}
