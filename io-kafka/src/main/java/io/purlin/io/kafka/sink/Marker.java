package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.CheckpointId;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What a job says in the commit topic, as text that a person can read.
 *
 * <p>Two records, by key: {@code owner:<job>} with value {@code v1}, by which a run says that it
 * has taken over; and {@code commit:<job>} with value {@code v1 <number> <token> <run>}, by which
 * it names a checkpoint. A run is called by the offset of its owner record, which no other record
 * can have.
 *
 * @param checkpoint the checkpoint that is committed with this record
 * @param run the offset of the owner record of the run that committed it
 */
record Marker(CheckpointId checkpoint, long run) {
  private static final String VERSION = "v1";

  static ProducerRecord<byte[], byte[]> ownerRecord(SinkNames names) {
    return new ProducerRecord<>(names.commitTopic(), 0, ownerKey(names), bytes(VERSION));
  }

  ProducerRecord<byte[], byte[]> record(SinkNames names) {
    String value =
        String.join(
            " ",
            VERSION,
            Long.toString(checkpoint.number()),
            checkpoint.token(),
            Long.toString(run));
    return new ProducerRecord<>(names.commitTopic(), 0, commitKey(names), bytes(value));
  }

  /**
   * Reads a marker's value.
   *
   * @throws IllegalArgumentException when it is none that this version knows
   */
  static Marker parse(byte[] value) {
    String text = new String(value, StandardCharsets.UTF_8);
    String[] fields = text.split(" ", -1);
    try {
      if (fields.length == 4 && fields[0].equals(VERSION)) {
        CheckpointId checkpoint = new CheckpointId(Long.parseLong(fields[1]), fields[2]);
        return new Marker(checkpoint, Long.parseLong(fields[3]));
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("no commit marker: \"" + text + "\"", e);
    }
    throw new IllegalArgumentException("no commit marker: \"" + text + "\"");
  }

  static byte[] ownerKey(SinkNames names) {
    return bytes("owner:" + names.jobName());
  }

  static byte[] commitKey(SinkNames names) {
    return bytes("commit:" + names.jobName());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
