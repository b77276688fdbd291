package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Makes bytes of a step's records, with serialisers of its own, so that tasks serialise side by
 * side. Owner: the task's thread.
 *
 * @param <K> keys
 * @param <V> values
 */
final class RecordEncoder<K, V> {
  private final WriteStep<K, V> step;
  private final Serializer<K> keys;
  private final Serializer<V> values;

  /** Whether serialisers may add headers. Those that do not say so themselves cannot. */
  private final boolean mayAddHeaders;

  RecordEncoder(WriteStep<K, V> step) {
    this.step = step;
    this.keys = make(step.keySerializer(), true);
    this.values = make(step.valueSerializer(), false);
    this.mayAddHeaders = seesHeaders(keys) || seesHeaders(values);
  }

  private <T> Serializer<T> make(Class<? extends Serializer<T>> type, boolean forKeys) {
    try {
      Serializer<T> made = type.getDeclaredConstructor().newInstance();
      made.configure(step.settings(), forKeys);
      return made;
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new SinkException(
          Kind.REFUSED, step.stepName() + ": serializer " + type.getName() + " cannot be made", e);
    }
  }

  private static boolean seesHeaders(Serializer<?> serializer) {
    try {
      return serializer
              .getClass()
              .getMethod("serialize", String.class, Headers.class, Object.class)
              .getDeclaringClass()
          != Serializer.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The record with its own topic, partition, time and headers where it has them. */
  ProducerRecord<byte[], byte[]> encode(ProducerRecord<K, V> record, Instant timestamp) {
    String topic = record.topic() == null ? step.topic() : record.topic();
    Long time = time(record, timestamp);
    // The element must stay as it is. The record that is made copies its headers anyway.
    Headers headers = mayAddHeaders ? copied(topic, record) : record.headers();
    try {
      byte[] key = keys.serialize(topic, headers, record.key());
      byte[] value = values.serialize(topic, headers, record.value());
      return new ProducerRecord<>(topic, record.partition(), time, key, value, headers);
    } catch (RuntimeException e) {
      throw new SinkException(
          Kind.NOT_WRITTEN,
          step.stepName() + ": a record for topic \"" + topic + "\" cannot be serialised",
          e);
    }
  }

  /**
   * A record copies the headers that it is given: the only way to copy them in Kafka's interface.
   */
  private static <K, V> Headers copied(@Nullable String topic, ProducerRecord<K, V> record) {
    return new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers())
        .headers();
  }

  private @Nullable Long time(ProducerRecord<K, V> record, Instant timestamp) {
    if (record.timestamp() != null || step.publishTimestamp() == null) {
      return record.timestamp();
    }
    return step.publishTimestamp().getTimestamp(record, timestamp).getMillis();
  }

  /** Frees what the serialisers hold. */
  void close() {
    keys.close();
    values.close();
  }
}
