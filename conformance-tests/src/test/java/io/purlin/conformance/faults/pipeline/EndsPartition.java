package io.purlin.conformance.faults.pipeline;

import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Instant;

/**
 * Event time is the record's timestamp, which never goes back within a partition, so the watermark
 * is the newest one. A partition's time ends with its end mark.
 */
final class EndsPartition implements TimestampPolicyFactory<String, String> {
  private static final long serialVersionUID = 1L;

  @Override
  public TimestampPolicy<String, String> createTimestampPolicy(
      TopicPartition partition, Optional<Instant> previousWatermark) {
    return new Policy(previousWatermark.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE));
  }

  /** One partition's watermark. Owned by its reader's thread; never goes back. */
  private static final class Policy extends TimestampPolicy<String, String> {
    private Instant watermark;

    Policy(Instant watermark) {
      this.watermark = watermark;
    }

    @Override
    public Instant getTimestampForRecord(
        PartitionContext context, KafkaRecord<String, String> record) {
      Instant timestamp = Instant.ofEpochMilli(record.getTimestamp());
      if (SourceRecord.END.equals(record.getKV().getValue())) {
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
