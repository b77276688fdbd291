package io.purlin.conformance.faults.oracle;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A record of the output topic as a reader saw it.
 *
 * @param partition where it is
 * @param offset where it is in the partition
 * @param key the result's key
 * @param value the result
 */
record Seen(int partition, long offset, String key, String value) {
  static Seen of(ConsumerRecord<String, String> record) {
    return new Seen(record.partition(), record.offset(), record.key(), record.value());
  }
}
