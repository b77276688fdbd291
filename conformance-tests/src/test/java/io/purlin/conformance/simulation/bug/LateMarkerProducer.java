package io.purlin.conformance.simulation.bug;

import io.purlin.conformance.simulation.kafka.ModelBroker;
import io.purlin.conformance.simulation.kafka.ModelProducer;
import io.purlin.conformance.simulation.world.Life;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Commits a marker in a transaction of its own, after that of its records. */
final class LateMarkerProducer extends ModelProducer {
  private @Nullable ProducerRecord<byte[], byte[]> marker;

  LateMarkerProducer(ModelBroker broker, Life life, Map<String, Object> configuration) {
    super(broker, life, configuration);
  }

  @Override
  public synchronized Future<RecordMetadata> send(
      ProducerRecord<byte[], byte[]> record, @Nullable Callback callback) {
    if (new String(record.key(), StandardCharsets.UTF_8).startsWith("commit:")) {
      marker = record;
      return CompletableFuture.completedFuture(
          new RecordMetadata(new TopicPartition(record.topic(), 0), 0, 0, 0, 0, 0));
    }
    return super.send(record, callback);
  }

  @Override
  public void commitTransaction() {
    super.commitTransaction();
    ProducerRecord<byte[], byte[]> late = marker;
    if (late != null) {
      marker = null;
      super.beginTransaction();
      Future<RecordMetadata> unused = super.send(late, null);
      super.commitTransaction();
    }
  }
}
