package io.purlin.conformance.faults.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Two topics of one partition each that take records of up to 120 MB, for a job that copies the one
 * to the other: what went into the first, and what committed records are in the second. Owned by
 * one thread.
 */
public final class Transcript implements AutoCloseable {
  private static final String MOST_BYTES = "120000000";

  private final Launch launch;
  private final Round.Place place;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private int lives;
  private boolean good;

  /**
   * A record in short.
   *
   * @param key length and checksum
   * @param value length and checksum
   */
  public record Line(String key, String value) {
    static Line of(byte @Nullable [] key, byte @Nullable [] value) {
      return new Line(print(key), print(value));
    }

    private static String print(byte @Nullable [] bytes) {
      if (bytes == null) {
        return "null";
      }
      CRC32C crc = new CRC32C();
      crc.update(bytes);
      return bytes.length + ":" + Long.toHexString(crc.getValue());
    }
  }

  Transcript(Launch launch, Round.Place place) {
    this.launch = launch;
    this.place = place;
    Folders.delete(place.folder());
    try {
      Files.createDirectories(place.checkpoints());
      Files.createDirectories(place.temporary());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    createTopics();
    producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                place.servers(),
                "max.request.size",
                MOST_BYTES,
                "buffer.memory",
                "250000000"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                place.servers(),
                "isolation.level",
                "read_committed",
                "enable.auto.commit",
                false),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    Set<TopicPartition> all = Set.of(new TopicPartition(place.output(), 0));
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  private void createTopics() {
    List<NewTopic> topics = new ArrayList<>();
    for (String name : List.of(place.source(), place.output())) {
      topics.add(new NewTopic(name, 1, (short) 1).configs(Map.of("max.message.bytes", MOST_BYTES)));
    }
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", place.servers()))) {
      admin.createTopics(topics).all().get();
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Puts a record into the source. It is there when this returns. */
  public Line send(byte @Nullable [] key, byte @Nullable [] value) {
    try {
      producer.send(new ProducerRecord<>(place.source(), 0, key, value)).get();
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return Line.of(key, value);
  }

  /** Starts the job as the first time or again. */
  public OwnProcess start(Class<?> main, List<String> jvmFlags, String producerSettings) {
    lives++;
    List<String> all = new ArrayList<>(jvmFlags);
    all.add("-Djava.io.tmpdir=" + place.temporary());
    return OwnProcess.java(
        launch,
        place.folder().resolve("runner-" + lives + ".log"),
        all,
        main,
        List.of(
            "--runner=NativeRunner",
            "--jobName=" + place.job(),
            "--bootstrapServers=" + place.servers(),
            "--from=" + place.source(),
            "--to=" + place.output(),
            "--producerSettings=" + producerSettings,
            "--checkpointDir=" + place.checkpoints(),
            "--parallelism=2"));
  }

  /**
   * Reads committed records on from where it was.
   *
   * @param count how many at least
   */
  public List<Line> read(int count, OwnProcess life, Duration limit) {
    List<Line> read = new ArrayList<>();
    long end = System.nanoTime() + limit.toNanos();
    while (read.size() < count) {
      consumer
          .poll(Duration.ofMillis(200))
          .forEach(record -> read.add(Line.of(record.key(), record.value())));
      if (read.size() < count && (!life.isAlive() || System.nanoTime() - end > 0)) {
        throw new Violation(
            "only " + read.size() + " of " + count + " records come\n" + life.logTail());
      }
    }
    return read;
  }

  /** All was as it should be: nothing of it needs to be kept. */
  public void good() {
    good = true;
  }

  @Override
  public void close() {
    producer.close(Duration.ZERO);
    consumer.close(Duration.ZERO);
    Folders.delete(good ? place.folder() : place.temporary());
  }
}
