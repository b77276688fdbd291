package io.purlin.io.kafka.source;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/** A cluster in memory: topics with records, offsets of one group, and clients that read them. */
final class FakeKafka implements Clients {
  /** A partition: its records, and where it begins and ends. */
  static final class Log {
    final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    long begin;
    long end;
  }

  final Map<TopicPartition, Log> logs = new HashMap<>();
  final Map<TopicPartition, Long> group = new HashMap<>();
  final List<Map<TopicPartition, Long>> commits = new ArrayList<>();
  final List<Map<String, Object>> configs = new ArrayList<>();
  final List<FakeConsumer> consumers = new ArrayList<>();
  int askedForTopics;
  boolean endsFail;
  boolean commitsFail;

  /** Polls for which the next answer comes in before it is whole. */
  int pollsUntilWhole;

  int polls;

  void topic(String name, int partitions) {
    for (int i = 0; i < partitions; i++) {
      logs.computeIfAbsent(new TopicPartition(name, i), partition -> new Log());
    }
  }

  void add(String topic, int partition, String value, long timestamp) {
    add(topic, partition, value, timestamp, TimestampType.CREATE_TIME);
  }

  void add(String topic, int partition, String value, long timestamp, TimestampType type) {
    Log log = log(new TopicPartition(topic, partition));
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    RecordHeaders headers = new RecordHeaders();
    headers.add("h", bytes);
    log.records.add(
        new ConsumerRecord<>(
            topic,
            partition,
            log.end++,
            timestamp,
            type,
            -1,
            bytes.length,
            null,
            bytes,
            headers,
            Optional.empty()));
  }

  /** What a transaction leaves behind its records. */
  void addMarker(String topic, int partition) {
    log(new TopicPartition(topic, partition)).end++;
  }

  /** The oldest records are deleted. */
  void deleteBefore(String topic, int partition, long offset) {
    Log log = log(new TopicPartition(topic, partition));
    log.begin = offset;
    log.records.removeIf(record -> record.offset() < offset);
  }

  Log log(TopicPartition partition) {
    Log log = logs.get(partition);
    if (log == null) {
      throw new IllegalStateException("no " + partition);
    }
    return log;
  }

  @Override
  public Consumer<byte[], byte[]> consumer(Map<String, Object> config) {
    configs.add(config);
    FakeConsumer consumer = new FakeConsumer(this, config);
    consumers.add(consumer);
    return consumer;
  }

  @Override
  public Cluster cluster(Map<String, Object> config, boolean internalTopics) {
    return new FakeCluster();
  }

  /** Answers at once. */
  private final class FakeCluster implements Cluster {
    @Override
    public Answer<Topics> topics(Subscription subscription) {
      askedForTopics++;
      Map<String, Integer> found = new TreeMap<>();
      logs.keySet().stream()
          .map(TopicPartition::topic)
          .filter(
              topic -> subscription.namedTopics().contains(topic) || subscription.matches(topic))
          .forEach(topic -> found.merge(topic, 1, Integer::sum));
      Set<String> missing = new HashSet<>(subscription.namedTopics());
      missing.removeAll(found.keySet());
      return answer(new Topics(found, missing), null);
    }

    @Override
    public Answer<Map<TopicPartition, Long>> ends(Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> ends = new HashMap<>();
      partitions.forEach(partition -> ends.put(partition, log(partition).end));
      return answer(ends, endsFail ? new TimeoutException("away") : null);
    }

    @Override
    public void close() {}

    private <T> Answer<T> answer(T value, @Nullable Exception failure) {
      return new Answer<>() {
        @Override
        public boolean isDone() {
          return true;
        }

        @Override
        public T get() throws ExecutionException {
          if (failure != null) {
            throw new ExecutionException(failure);
          }
          return value;
        }
      };
    }
  }
}
