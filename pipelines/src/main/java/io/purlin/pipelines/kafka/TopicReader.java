package io.purlin.pipelines.kafka;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads back what stands in topics: committed records only, between given offsets. Lifetime: one
 * check; used by one thread.
 */
public final class TopicReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final KafkaConsumer<byte[], byte[]> consumer;

  /** Connects to {@code servers}. */
  public TopicReader(String servers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
  }

  /**
   * Reads every partition from its offset in {@code from} to where it ends now, in offset order
   * within a partition.
   */
  public void read(
      Map<TopicPartition, Long> from, Consumer<ConsumerRecord<byte[], byte[]>> receiver) {
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(from.keySet()));
    consumer.assign(from.keySet());
    from.forEach(consumer::seek);
    // A position also passes transaction markers, which are never records.
    while (!ends.isEmpty()) {
      consumer.poll(POLL).forEach(receiver);
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    }
  }

  /**
   * The offset of the last record of each partition below {@code ends}, or -1 when a partition has
   * none.
   */
  public Map<TopicPartition, Long> lastRecords(
      Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends) {
    Map<TopicPartition, Long> last = new HashMap<>();
    ends.forEach(
        (partition, end) ->
            last.put(partition, lastRecord(partition, starts.getOrDefault(partition, 0L), end)));
    return last;
  }

  /** Looks further and further back, as the last offsets may be transaction markers. */
  private long lastRecord(TopicPartition partition, long start, long end) {
    long found = -1;
    long from = end;
    for (long back = 16; found < 0 && from > start; back *= 16) {
      from = Math.max(start, end - back);
      found = lastRecordFrom(partition, from, end);
    }
    return found;
  }

  private long lastRecordFrom(TopicPartition partition, long from, long end) {
    long[] found = {-1};
    read(
        Map.of(partition, from),
        record -> {
          if (record.offset() < end) {
            found[0] = Math.max(found[0], record.offset());
          }
        });
    return found[0];
  }

  @Override
  public void close() {
    consumer.close();
  }
}
