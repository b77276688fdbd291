package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Side;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The peer that is nothing but Kafka's clients: consumes, produces and commits records with their
 * offsets in one transaction each second. What an experienced hand would write, and what a runner
 * cannot be much better than. One thread, beside those of the clients.
 */
public final class CopyLoop {
  private static final long COMMIT_NANOS = 1_000_000_000L;

  private CopyLoop() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    Side.serve(
        line -> {
          Meter.reset();
          copy(CopyRequest.parse(line));
          return Meter.stop();
        });
  }

  private static void copy(CopyRequest request) {
    try (Consumer<byte[], byte[]> consumer = consumer(request);
        Producer<byte[], byte[]> producer = producer(request)) {
      producer.initTransactions();
      consumer.subscribe(List.of(request.from()));
      producer.beginTransaction();
      long copied = 0;
      long commitAt = System.nanoTime() + COMMIT_NANOS;
      while (copied < request.records()) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (copied++ == 0) {
            Meter.start();
          }
          // A send that fails fails the commit.
          var unused =
              producer.send(
                  new ProducerRecord<>(
                      request.to(),
                      null,
                      record.timestamp(),
                      record.key(),
                      record.value(),
                      record.headers()));
        }
        if (System.nanoTime() >= commitAt) {
          commit(consumer, producer);
          producer.beginTransaction();
          commitAt = System.nanoTime() + COMMIT_NANOS;
        }
      }
      commit(consumer, producer);
    }
  }

  private static void commit(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer) {
    Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    for (TopicPartition each : consumer.assignment()) {
      next.put(each, new OffsetAndMetadata(consumer.position(each)));
    }
    producer.sendOffsetsToTransaction(next, consumer.groupMetadata());
    producer.commitTransaction();
  }

  private static Consumer<byte[], byte[]> consumer(CopyRequest request) {
    Map<String, Object> settings = new HashMap<>(CopySettings.CONSUMER);
    settings.put("bootstrap.servers", request.servers());
    settings.put("group.id", request.to());
    settings.put("enable.auto.commit", false);
    settings.put("auto.offset.reset", "earliest");
    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }

  private static Producer<byte[], byte[]> producer(CopyRequest request) {
    Map<String, Object> settings = new HashMap<>(CopySettings.PRODUCER);
    settings.put("bootstrap.servers", request.servers());
    settings.put("transactional.id", request.to());
    return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
