package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.CorruptRecordException;
import io.purlin.pipelines.clickstream.wire.WireReader;
import io.purlin.pipelines.job.UserError;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.jspecify.annotations.Nullable;

/**
 * Turns records into clicks. Drops end marks, and clicks that arrived too long after they happened;
 * a record that is no click fails the job, naming where it is.
 */
final class DecodeClicks extends DoFn<KafkaRecord<byte[], byte[]>, Click> {
  private static final long serialVersionUID = 1L;

  static final String READ = "clicksRead";
  static final String TOO_LATE = "clicksTooLate";
  static final String NEWEST = "newestClickMillis";

  private final Counter read = Metrics.counter(DecodeClicks.class, READ);
  private final Counter tooLate = Metrics.counter(DecodeClicks.class, TOO_LATE);
  private final Distribution newest = Metrics.distribution(DecodeClicks.class, NEWEST);
  private final long allowedDelayMillis;
  private transient @Nullable WireReader reader;

  DecodeClicks(long allowedDelayMillis) {
    this.allowedDelayMillis = allowedDelayMillis;
  }

  @ProcessElement
  public void process(@Element KafkaRecord<byte[], byte[]> record, OutputReceiver<Click> out) {
    if (EndOfStream.isMark(record)) {
      return;
    }
    Click click = decode(record);
    read.inc();
    if (record.getTimestamp() - click.getEventMillis() > allowedDelayMillis) {
      tooLate.inc();
      return;
    }
    newest.update(click.getEventMillis());
    out.output(click);
  }

  private Click decode(KafkaRecord<byte[], byte[]> record) {
    WireReader wire = reader;
    if (wire == null) {
      wire = new WireReader();
      reader = wire;
    }
    try {
      return Click.fromWire(wire, record.getKV().getValue());
    } catch (CorruptRecordException e) {
      throw new UserError(
          String.format(
              "The record in topic '%s', partition %d, offset %d is not a click in Avro: %s.",
              record.getTopic(), record.getPartition(), record.getOffset(), e.getMessage()),
          e);
    }
  }
}
