package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Latencies;
import io.purlin.benchmarks.side.Side;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * Records that are due at times of a schedule are written to one topic, and what a reader of
 * committed records sees in another one is held against it. A record's key is its number; what
 * comes late is measured from when it was due, so that a pause counts for all that came meanwhile.
 * One thread writes and another reads; each owns its client.
 *
 * <p>It is a process of its own, {@code TimedRecords <servers> <from> <to> <partitions>}, with the
 * heap that each side has: in a heap that still grows, pauses of the measuring process were most of
 * what it measured. For each line {@code <records> <records a second> <records that warm up>} on
 * standard input it answers with records a second and with the figures of {@link Latencies}.
 */
public final class TimedRecords {
  private static final int VALUE_BYTES = 92;
  private static final double SECOND_NANOS = 1e9;
  private static final long SPIN_NANOS = 100_000;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final long MOST_SILENCE_NANOS = 60_000_000_000L;

  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final String from;

  /** Numbers go on over all runs: what a reader sees of an earlier one would be a duplicate. */
  private long next;

  /** Serves as a side. */
  public static void main(String[] args) {
    TimedRecords timed = new TimedRecords(args[0], args[1], args[2], Integer.parseInt(args[3]));
    Side.serve(
        line -> {
          List<String> parts = List.of(line.split(" ", -1));
          return timed.run(
              Long.parseLong(parts.get(0)),
              Long.parseLong(parts.get(1)),
              Long.parseLong(parts.get(2)));
        });
  }

  private TimedRecords(String servers, String from, String to, int partitions) {
    this.from = from;
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", servers, "linger.ms", 1, "batch.size", 65_536),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers, "isolation.level", "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> all =
        IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(to, i)).toList();
    consumer.assign(all);
    consumer.seekToBeginning(all);
  }

  /**
   * Writes so many and waits until all are seen.
   *
   * @param perSecond when they are due; 0: each at once
   * @param measuredFrom how many warm up, fewer than there are
   * @return records a second, from the first that was due to the last that was seen, and the
   *     figures of those behind the warming up
   * @throws IllegalStateException when something is missing or doubled
   */
  private long[] run(long records, long perSecond, long measuredFrom) throws InterruptedException {
    long first = next;
    next += records;
    long origin = System.nanoTime();
    double apart = perSecond > 0 ? SECOND_NANOS / perSecond : 0;
    Failure failure = new Failure();
    Thread writer =
        new Thread(
            () -> {
              try {
                write(first, records, origin, apart);
              } catch (RuntimeException e) {
                failure.thrown = e;
              }
            },
            "writes-by-schedule");
    writer.setDaemon(true);
    writer.start();
    Latencies latencies = new Latencies();
    long seen = 0;
    long sum = 0;
    long last = System.nanoTime();
    while (seen < records) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        long now = System.nanoTime();
        long number = ByteBuffer.wrap(record.key()).getLong() - first;
        seen++;
        sum += number;
        last = now;
        if (number >= measuredFrom) {
          latencies.add(now - origin - (long) (number * apart));
        }
      }
      if (System.nanoTime() - last > MOST_SILENCE_NANOS) {
        throw new IllegalStateException("of " + records + " records only " + seen + " came");
      }
    }
    writer.join();
    if (failure.thrown != null) {
      throw failure.thrown;
    }
    if (seen != records || sum != records * (records - 1) / 2) {
      throw new IllegalStateException(
          "of " + records + " records " + seen + " came, with the sum of numbers " + sum);
    }
    long[] found = latencies.figures();
    long rate = (long) (records * SECOND_NANOS / (last - origin));
    return new long[] {rate, found[0], found[1], found[2], found[3]};
  }

  private void write(long first, long records, long origin, double apart) {
    byte[] value = new byte[VALUE_BYTES];
    for (long i = 0; i < records; i++) {
      long due = origin + (long) (i * apart);
      // Records are due microseconds apart: those that are due already go together.
      for (long wait = due - System.nanoTime(); wait > SPIN_NANOS; wait = due - System.nanoTime()) {
        LockSupport.parkNanos(wait);
      }
      byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(first + i).array();
      // What is refused is missing, and found so.
      var unused = producer.send(new ProducerRecord<>(from, key, value));
    }
    producer.flush();
  }

  /** Written by the thread that writes, read when it has ended. */
  private static final class Failure {
    private @Nullable RuntimeException thrown;
  }
}
