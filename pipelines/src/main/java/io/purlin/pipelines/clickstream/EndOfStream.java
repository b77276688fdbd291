package io.purlin.pipelines.clickstream;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The marks that nothing more follows in a partition: records without content and with a header.
 * They let a job over an endless source come to an end by itself, once every partition has its last
 * one.
 *
 * <p>There are several, and only the last one ends the partition's time. A runner may take a bundle
 * of records and the watermark behind all of them at once; records that are late hold nothing back,
 * and the end of time must not overtake them. So no bundle that is not larger than {@link #MARKS}
 * has both a click and the end.
 */
final class EndOfStream {
  /** Marks of a partition: more than the ten records that a bundle of the DirectRunner has. */
  static final int MARKS = 20;

  private static final String HEADER = "end-of-stream";
  private static final byte[] NOTHING = {};
  private static final byte[] MORE = {1};

  private EndOfStream() {}

  /**
   * The marks of one partition, in order.
   *
   * @param timestampMillis when they arrive
   */
  static List<ProducerRecord<byte[], byte[]>> marks(
      String topic, int partition, long timestampMillis) {
    List<ProducerRecord<byte[], byte[]>> marks = new ArrayList<>();
    for (int i = 1; i <= MARKS; i++) {
      ProducerRecord<byte[], byte[]> record =
          new ProducerRecord<>(topic, partition, timestampMillis, NOTHING, NOTHING);
      record.headers().add(HEADER, i < MARKS ? MORE : NOTHING);
      marks.add(record);
    }
    return marks;
  }

  static boolean isMark(KafkaRecord<byte[], byte[]> record) {
    return header(record) != null;
  }

  /** Whether nothing follows it. */
  static boolean isLast(KafkaRecord<byte[], byte[]> record) {
    Header header = header(record);
    return header != null && header.value().length == 0;
  }

  private static @Nullable Header header(KafkaRecord<byte[], byte[]> record) {
    Headers headers = record.getHeaders();
    return headers == null ? null : headers.lastHeader(HEADER);
  }
}
