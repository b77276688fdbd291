package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads a job's commit topic: what was committed last, and by whom.
 *
 * <p>It reads committed records alone and from the end backwards, in windows that grow, because the
 * last marker is near the end however long the job has run. Each call has a consumer of its own, so
 * any thread may ask.
 */
final class MarkerTopic {
  private static final Duration POLL = Duration.ofMillis(100);

  /** Empty polls in a row until the broker counts as not answering: a minute. */
  private static final int PATIENCE = 600;

  private static final long FIRST_WINDOW = 256;

  private final SinkSettings settings;
  private final KafkaClients clients;
  private final TopicPartition partition;

  MarkerTopic(SinkSettings settings, KafkaClients clients) {
    this.settings = settings;
    this.clients = clients;
    this.partition = new TopicPartition(settings.names().commitTopic(), 0);
  }

  /**
   * The checkpoint that was committed last before an offset.
   *
   * @param end an offset that is committed or will be at once
   */
  Optional<CheckpointId> committedBefore(long end) {
    byte[] commit = Marker.commitKey(settings.names());
    try (Consumer<byte[], byte[]> consumer = open()) {
      return Optional.ofNullable(last(consumer, end, List.of(commit)))
          .map(found -> parse(found).checkpoint());
    }
  }

  /** The run that has last said or done anything, by the offset of its owner record, or -1. */
  long lastRun() {
    byte[] owner = Marker.ownerKey(settings.names());
    byte[] commit = Marker.commitKey(settings.names());
    try (Consumer<byte[], byte[]> consumer = open()) {
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      ConsumerRecord<byte[], byte[]> found = last(consumer, end, List.of(owner, commit));
      if (found == null) {
        return -1;
      }
      return Arrays.equals(found.key(), owner) ? found.offset() : parse(found).run();
    }
  }

  private Consumer<byte[], byte[]> open() {
    Consumer<byte[], byte[]> consumer = clients.consumer(settings.consumer());
    consumer.assign(List.of(partition));
    return consumer;
  }

  /** The last record before an offset that has one of the keys. */
  private @Nullable ConsumerRecord<byte[], byte[]> last(
      Consumer<byte[], byte[]> consumer, long end, List<byte[]> keys) {
    long start = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
    long until = end;
    long window = FIRST_WINDOW;
    while (until > start) {
      long from = Math.max(start, until - window);
      ConsumerRecord<byte[], byte[]> found = lastBetween(consumer, from, until, keys);
      if (found != null) {
        return found;
      }
      until = from;
      window *= 4;
    }
    return null;
  }

  private @Nullable ConsumerRecord<byte[], byte[]> lastBetween(
      Consumer<byte[], byte[]> consumer, long from, long until, List<byte[]> keys) {
    ConsumerRecord<byte[], byte[]> found = null;
    int emptyPolls = 0;
    consumer.seek(partition, from);
    while (consumer.position(partition) < until) {
      List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(POLL).records(partition);
      emptyPolls = records.isEmpty() ? emptyPolls + 1 : 0;
      if (emptyPolls > PATIENCE) {
        throw new SinkException(
            Kind.UNREACHABLE,
            "Kafka at "
                + settings.servers()
                + ": commit topic \""
                + partition.topic()
                + "\" cannot be read to offset "
                + until
                + "; a transaction of somebody else may be open there.",
            null);
      }
      for (ConsumerRecord<byte[], byte[]> record : records) {
        if (record.offset() < until
            && keys.stream().anyMatch(key -> Arrays.equals(key, record.key()))) {
          found = record;
        }
      }
    }
    return found;
  }

  private Marker parse(ConsumerRecord<byte[], byte[]> record) {
    try {
      return Marker.parse(record.value());
    } catch (IllegalArgumentException e) {
      throw new SinkException(
          Kind.REFUSED,
          "Kafka at "
              + settings.servers()
              + ": commit topic \""
              + partition.topic()
              + "\" holds at offset "
              + record.offset()
              + " "
              + e.getMessage()
              + ". It was written by a newer version or by something else.",
          e);
    }
  }
}
