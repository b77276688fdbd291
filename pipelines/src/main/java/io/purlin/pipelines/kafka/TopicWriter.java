package io.purlin.pipelines.kafka;

import io.purlin.pipelines.job.UserError;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Writes generated records to topics, in order within a partition. The first record that is refused
 * fails the next {@link #send} or {@link #flush}. Lifetime: one run; used by one thread, while the
 * producer's own thread reports failures.
 */
public final class TopicWriter implements AutoCloseable {
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  /** Connects to {@code servers}. */
  public TopicWriter(String servers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /**
   * Hands a record to the producer, which sends it soon.
   *
   * @throws UserError when an earlier record was refused
   */
  public void send(ProducerRecord<byte[], byte[]> record) {
    throwFailure();
    var unused = producer.send(record, this::sent);
  }

  private void sent(@Nullable RecordMetadata metadata, @Nullable Exception refusal) {
    if (refusal != null) {
      failure.compareAndSet(null, refusal);
    }
  }

  /**
   * Waits until every record is in its topic.
   *
   * @throws UserError when one was refused
   */
  public void flush() {
    producer.flush();
    throwFailure();
  }

  private void throwFailure() {
    Exception refusal = failure.get();
    if (refusal != null) {
      throw new UserError(
          "Kafka does not take a generated record: " + refusal.getMessage(), refusal);
    }
  }

  /** Gives up what is not sent yet. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
