package io.purlin.pipelines.clickstream;

import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/**
 * The mark that nothing more follows in a partition: a record without content and with a header. It
 * lets a job over an endless source come to an end by itself, once every partition has one.
 */
final class EndOfStream {
  private static final String HEADER = "end-of-stream";
  private static final byte[] NOTHING = {};

  private EndOfStream() {}

  static ProducerRecord<byte[], byte[]> mark(String topic, int partition, long timestampMillis) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, partition, timestampMillis, NOTHING, NOTHING);
    record.headers().add(HEADER, NOTHING);
    return record;
  }

  static boolean isMark(KafkaRecord<byte[], byte[]> record) {
    Headers headers = record.getHeaders();
    return headers != null && headers.lastHeader(HEADER) != null;
  }
}
