package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SourceException;
import io.purlin.sdk.connector.SourceException.Kind;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Makes elements of records, with deserialisers of its own. Owned by the reader's task.
 *
 * @param <K> keys
 * @param <V> values
 */
final class RecordDecoder<K, V> {
  private final String servers;
  private final Deserializer<K> keys;
  private final Deserializer<V> values;

  RecordDecoder(ReadStep<K, V> step) {
    SourceSettings settings = step.settings();
    this.servers = settings.servers();
    this.keys = step.format().keys().getDeserializer(settings.consumer(), true);
    this.values = step.format().values().getDeserializer(settings.consumer(), false);
  }

  KafkaRecord<K, V> decode(ConsumerRecord<byte[], byte[]> record) {
    K key;
    V value;
    try {
      key = keys.deserialize(record.topic(), record.headers(), record.key());
      value = values.deserialize(record.topic(), record.headers(), record.value());
    } catch (RuntimeException e) {
      throw new SourceException(
          Kind.UNREACHABLE,
          "Kafka at "
              + servers
              + ": the record in topic '"
              + record.topic()
              + "', partition "
              + record.partition()
              + ", offset "
              + record.offset()
              + " cannot be deserialised: "
              + e.getMessage(),
          e);
    }
    return new KafkaRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp(),
        type(record.timestampType()),
        record.headers(),
        key,
        value);
  }

  private static KafkaTimestampType type(TimestampType type) {
    return switch (type) {
      case CREATE_TIME -> KafkaTimestampType.CREATE_TIME;
      case LOG_APPEND_TIME -> KafkaTimestampType.LOG_APPEND_TIME;
      case NO_TIMESTAMP_TYPE -> KafkaTimestampType.NO_TIMESTAMP_TYPE;
    };
  }

  /** Frees what the deserialisers hold. */
  void close() {
    keys.close();
    values.close();
  }
}
