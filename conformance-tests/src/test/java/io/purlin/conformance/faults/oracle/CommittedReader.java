package io.purlin.conformance.faults.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Reads one topic from its beginning, committed records alone, in the order of each partition.
 * Owned by one thread. It outlives brokers that come and go.
 */
final class CommittedReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final String servers;
  private final KafkaConsumer<String, String> consumer;
  private final List<TopicPartition> partitions;

  CommittedReader(String servers, String topic) {
    this.servers = servers;
    this.consumer = consumer(servers, "read_committed");
    this.partitions =
        consumer.partitionsFor(topic).stream()
            .map(info -> new TopicPartition(topic, info.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  private static KafkaConsumer<String, String> consumer(String servers, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            servers,
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            isolation,
            ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
            false,
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            5_000,
            ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
            200,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none"),
        new StringDeserializer(),
        new StringDeserializer());
  }

  /** Takes what there is within a moment. */
  void poll(Consumer<ConsumerRecord<String, String>> receiver) {
    consumer.poll(POLL).forEach(receiver);
  }

  /** Reads on until there is no more. */
  List<ConsumerRecord<String, String>> rest() {
    Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
    List<ConsumerRecord<String, String>> rest = new ArrayList<>();
    while (!ends.isEmpty()) {
      poll(rest::add);
      ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
    }
    return rest;
  }

  /** Whether a transaction is open that keeps committed readers from the end. */
  boolean isHeldUp() {
    try (KafkaConsumer<String, String> all = consumer(servers, "read_uncommitted")) {
      return !all.endOffsets(partitions).equals(consumer.endOffsets(partitions));
    }
  }

  @Override
  public void close() {
    consumer.close(Duration.ZERO);
  }
}
