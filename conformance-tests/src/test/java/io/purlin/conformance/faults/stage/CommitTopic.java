package io.purlin.conformance.faults.stage;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic in which a job's committed checkpoints are named, for whoever tampers with it. */
public final class CommitTopic {
  /** How the keys of records begin that name a checkpoint. */
  private static final String COMMIT = "commit:";

  private final String servers;
  private final String topic;

  CommitTopic(Round.Place place) {
    this.servers = place.servers();
    this.topic = "purlin-" + place.job() + "-commits";
  }

  /** The committed records it holds that name a checkpoint, in order; others name runs. */
  public List<ConsumerRecord<byte[], byte[]>> markers() {
    List<ConsumerRecord<byte[], byte[]>> markers = new ArrayList<>();
    Set<TopicPartition> all = Set.of(new TopicPartition(topic, 0));
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                servers,
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(all);
      consumer.seekToBeginning(all);
      TopicPartition only = all.iterator().next();
      long end = consumer.endOffsets(all).getOrDefault(only, 0L);
      while (consumer.position(only) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          if (new String(record.key(), StandardCharsets.UTF_8).startsWith(COMMIT)) {
            markers.add(record);
          }
        }
      }
    }
    return markers;
  }

  /** Writes a record once more. */
  public void repeat(ConsumerRecord<byte[], byte[]> record) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer
          .send(
              new ProducerRecord<>(topic, 0, null, record.key(), record.value(), record.headers()))
          .get();
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Deletes it. */
  public void delete() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      admin.deleteTopics(Set.of(topic)).all().get();
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
