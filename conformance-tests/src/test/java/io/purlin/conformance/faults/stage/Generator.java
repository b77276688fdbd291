package io.purlin.conformance.faults.stage;

import io.purlin.conformance.faults.pipeline.SourceRecord;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Fills the source topic at a steady rate from a thread of its own until told to finish. One record
 * a millisecond of event time; a key has its own partition. It waits for brokers that are away.
 */
final class Generator implements AutoCloseable {
  private static final long FIRST_MILLIS = 1_700_000_000_000L;
  private static final int PATIENCE_MILLIS = 600_000;

  private final String topic;
  private final Load load;
  private final Random random;
  private final KafkaProducer<String, String> producer;
  private final Thread thread;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
  private final long[] sequences;
  private long sent;
  private volatile boolean finishing;

  Generator(String servers, String topic, Load load, long seed) {
    this.topic = topic;
    this.load = load;
    this.random = new Random(seed);
    this.sequences = new long[load.partitions()];
    this.producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true,
                ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 200,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, PATIENCE_MILLIS),
            new StringSerializer(),
            new StringSerializer());
    this.thread = new Thread(this::run, "generator");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    long start = System.nanoTime();
    while (!finishing) {
      long due = (System.nanoTime() - start) * load.recordsPerSecond() / 1_000_000_000L;
      while (sent < due && !finishing) {
        send();
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private void send() {
    int number = random.nextInt(load.keys());
    int partition = number % load.partitions();
    SourceRecord record =
        new SourceRecord(partition, sequences[partition]++, "k" + number, random.nextInt(1000));
    send(partition, record.key(), record.text());
    sent++;
  }

  private void send(int partition, String key, String value) {
    var unused =
        producer.send(
            new ProducerRecord<>(topic, partition, FIRST_MILLIS + sent, key, value),
            (metadata, refusal) -> {
              if (refusal != null) {
                failure.compareAndSet(null, refusal);
              }
            });
  }

  /** Ends every partition. All is in the topic when this returns. */
  void finish() {
    finishing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw Interrupts.passOn(e);
    }
    for (int partition = 0; partition < load.partitions(); partition++) {
      send(partition, "end", SourceRecord.END);
    }
    producer.flush();
    Exception refusal = failure.get();
    if (refusal != null) {
      throw new IllegalStateException("the source topic does not take records", refusal);
    }
  }

  @Override
  public void close() {
    finishing = true;
    producer.close(java.time.Duration.ZERO);
  }
}
