package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.CorruptRecordException;
import io.purlin.pipelines.clickstream.wire.WireReader;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;

/**
 * Event time of a topic of clicks.
 *
 * <p>A click's timestamp is when it happened, but not after it arrived (the record's timestamp): a
 * user's clock that runs ahead must not carry the watermark away. A partition's watermark is the
 * newest timestamp less the allowed disorder. After the last {@link EndOfStream} mark it is the end
 * of time, which ends the reading.
 */
final class ClickTimes implements TimestampPolicyFactory<byte[], byte[]> {
  private static final long serialVersionUID = 1L;

  private final long outOfOrderMillis;

  ClickTimes(long outOfOrderMillis) {
    this.outOfOrderMillis = outOfOrderMillis;
  }

  @Override
  public TimestampPolicy<byte[], byte[]> createTimestampPolicy(
      TopicPartition partition, Optional<Instant> previousWatermark) {
    return new Policy(
        outOfOrderMillis, previousWatermark.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE));
  }

  /** One partition. Owned by its reader's thread; the watermark never goes back. */
  private static final class Policy extends TimestampPolicy<byte[], byte[]> {
    private final WireReader reader = new WireReader();
    private final long outOfOrderMillis;
    private Instant watermark;

    Policy(long outOfOrderMillis, Instant watermark) {
      this.outOfOrderMillis = outOfOrderMillis;
      this.watermark = watermark;
    }

    @Override
    public Instant getTimestampForRecord(
        PartitionContext context, KafkaRecord<byte[], byte[]> record) {
      if (EndOfStream.isMark(record)) {
        if (EndOfStream.isLast(record)) {
          watermark = BoundedWindow.TIMESTAMP_MAX_VALUE;
        }
        return Instant.ofEpochMilli(record.getTimestamp());
      }
      Instant timestamp = timestamp(record);
      Instant behind = timestamp.minus(Duration.millis(outOfOrderMillis));
      if (behind.isAfter(watermark)) {
        watermark = behind;
      }
      return timestamp;
    }

    private Instant timestamp(KafkaRecord<byte[], byte[]> record) {
      long arrived = record.getTimestamp();
      try {
        // A corrupt time may be anything; Beam's range has its ends well inside that of a long.
        long happened = Click.eventMillis(reader, record.getKV().getValue());
        return Instant.ofEpochMilli(Math.max(0, Math.min(happened, arrived)));
      } catch (CorruptRecordException e) {
        // The step that decodes the whole record says what is wrong with it.
        return Instant.ofEpochMilli(arrived);
      }
    }

    @Override
    public Instant getWatermark(PartitionContext context) {
      return watermark;
    }
  }
}
