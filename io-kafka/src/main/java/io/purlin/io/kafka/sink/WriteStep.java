package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.SinkTransform;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaPublishTimestampFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A step that writes records to Kafka, as the pipeline set it up.
 *
 * @param stepName its full name
 * @param servers where the cluster is, as the pipeline says it
 * @param topic where records go that name no topic, or null
 * @param keySerializer makes bytes of keys
 * @param valueSerializer makes bytes of values
 * @param publishTimestamp the time of records that carry none, or null for the producer's time
 * @param settings the producer configuration that the pipeline gave
 * @param <K> keys
 * @param <V> values
 */
record WriteStep<K, V>(
    String stepName,
    String servers,
    @Nullable String topic,
    Class<? extends Serializer<K>> keySerializer,
    Class<? extends Serializer<V>> valueSerializer,
    @Nullable KafkaPublishTimestampFunction<ProducerRecord<K, V>> publishTimestamp,
    Map<String, Object> settings)
    implements SinkTransform<ProducerRecord<K, V>> {

  @Override
  public String system() {
    return "kafka://" + servers;
  }

  @Override
  public String description() {
    String where = topic == null ? "topics named by the records" : "topic \"" + topic + "\"";
    return "Kafka " + where + " at " + servers;
  }
}
