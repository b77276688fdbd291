package io.purlin.pipelines.kafka;

import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Ends the reading of a topic at given records: a partition's watermark goes to the end of time
 * with its last record, and a runner stops reading a source whose watermark is there.
 *
 * <p>A reader may read on a little before it is stopped, so {@link #apply} says which records
 * count. Elements carry their record's timestamp; the watermark before the end is the newest of
 * them.
 */
public final class UpToOffsets<K, V>
    implements TimestampPolicyFactory<K, V>, SerializableFunction<KafkaRecord<K, V>, Boolean> {
  private static final long serialVersionUID = 1L;

  private final Map<TopicPartition, Long> last;

  /** The partition asked for last: records come in runs of one. Any thread may replace it. */
  private transient @Nullable Last found;

  /**
   * Reads up to the given records.
   *
   * @param last the offset of the last record of each partition, -1 for a partition without records
   */
  public UpToOffsets(Map<TopicPartition, Long> last) {
    this.last = Map.copyOf(last);
  }

  /** Whether the record is not after the end. */
  @Override
  public Boolean apply(KafkaRecord<K, V> record) {
    return contains(record.getTopic(), record.getPartition(), record.getOffset());
  }

  /** Whether the record at {@code offset} is not after the end. */
  public boolean contains(String topic, int partition, long offset) {
    return offset <= lastOf(topic, partition);
  }

  private long lastOf(String topic, int partition) {
    Last known = found;
    if (known == null || known.partition != partition || !known.topic.equals(topic)) {
      long offset = last.getOrDefault(new TopicPartition(topic, partition), -1L);
      known = new Last(topic, partition, offset);
      found = known;
    }
    return known.offset;
  }

  /** The last record of a partition. */
  private record Last(String topic, int partition, long offset) {}

  @Override
  public TimestampPolicy<K, V> createTimestampPolicy(
      TopicPartition partition, Optional<Instant> previousWatermark) {
    long end = lastOf(partition.topic(), partition.partition());
    Instant start = previousWatermark.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE);
    return new Policy<>(end, end < 0 ? BoundedWindow.TIMESTAMP_MAX_VALUE : start);
  }

  /** One partition's watermark. Owned by its reader's thread; never goes back. */
  private static final class Policy<K, V> extends TimestampPolicy<K, V> {
    private final long end;
    private Instant watermark;

    Policy(long end, Instant watermark) {
      this.end = end;
      this.watermark = watermark;
    }

    @Override
    public Instant getTimestampForRecord(PartitionContext context, KafkaRecord<K, V> record) {
      Instant timestamp = Instant.ofEpochMilli(record.getTimestamp());
      if (record.getOffset() >= end) {
        watermark = BoundedWindow.TIMESTAMP_MAX_VALUE;
      } else if (timestamp.isAfter(watermark)) {
        watermark = timestamp;
      }
      return timestamp;
    }

    @Override
    public Instant getWatermark(PartitionContext context) {
      return watermark;
    }
  }
}
