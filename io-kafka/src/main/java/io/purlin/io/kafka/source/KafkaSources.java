package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SourceTransform;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.kafka.DeserializerProvider;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees into KafkaIO's reads, by their public getters, and makes what runs them. */
public final class KafkaSources {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSources.class);

  /** What KafkaIO says for a dynamic read without an interval. */
  private static final Duration DEFAULT_WATCH = Duration.standardHours(1);

  /** KafkaIO's own way to make a consumer, which every read shares that has no other. */
  private static final Object OWN_CONSUMERS = KafkaIO.read().getConsumerFactoryFn();

  private KafkaSources() {}

  /**
   * The source that runs a read, or nothing (and a line in the log) when it uses what only
   * KafkaIO's own readers have.
   */
  public static <K, V> Optional<SourceTransform<?>> of(String stepName, KafkaIO.Read<K, V> read) {
    String reason = reasonToLeave(read);
    if (reason != null) {
      LOG.warn("{}: KafkaIO's own reader runs this step, because it {}.", stepName, reason);
      return Optional.empty();
    }
    return Optional.of(step(stepName, read, Clients.ofKafka()));
  }

  static <K, V> ReadStep<K, V> step(String stepName, KafkaIO.Read<K, V> read, Clients clients) {
    DeserializerProvider<K> keys = read.getKeyDeserializerProvider();
    DeserializerProvider<V> values = read.getValueDeserializerProvider();
    if (keys == null || values == null) {
      throw new IllegalArgumentException(
          stepName + ": withKeyDeserializer() and withValueDeserializer() are required");
    }
    Map<String, Object> offsets = read.getOffsetConsumerConfig();
    return new ReadStep<>(
        stepName,
        new SourceSettings(
            servers(stepName, read.getConsumerConfig()),
            Map.copyOf(read.getConsumerConfig()),
            offsets == null ? Map.of() : Map.copyOf(offsets)),
        subscription(read),
        new ReadStep.Format<>(keys, values, read.getTimestampPolicyFactory()),
        new ReadStep.Reach(read.getStartReadTime(), read.getStopReadTime()),
        read.isCommitOffsetsInFinalizeEnabled(),
        watch(read),
        Boolean.TRUE.equals(read.getLogTopicVerification()),
        clients);
  }

  private static @Nullable String reasonToLeave(KafkaIO.Read<?, ?> read) {
    if (read.getConsumerFactoryFn() != OWN_CONSUMERS) {
      return "makes its own consumer (withConsumerFactoryFn)";
    }
    if (read.isRedistributed()) {
      return "redistributes its records (withRedistribute)";
    }
    if (Boolean.TRUE.equals(read.getOffsetDeduplication())) {
      return "deduplicates by offset (withOffsetDeduplication)";
    }
    if (read.getBadRecordErrorHandler() != null) {
      return "hands bad records to an error handler (withBadRecordErrorHandler)";
    }
    if (read.getMaxNumRecords() < Long.MAX_VALUE || read.getMaxReadTime() != null) {
      return "ends after a number of records or a time (withMaxNumRecords, withMaxReadTime)";
    }
    if (read.getCheckStopReadingFn() != null) {
      return "asks a function when to stop (withCheckStopReadingFn)";
    }
    if (read.getWatermarkFn() != null) {
      return "computes its watermark from single records (withWatermarkFn)";
    }
    return read.isDynamicRead() ? reasonToLeaveDynamic(read) : null;
  }

  private static @Nullable String reasonToLeaveDynamic(KafkaIO.Read<?, ?> read) {
    Subscription subscription = subscription(read);
    if (read.getStopReadTime() != null) {
      return "watches for partitions and has a stop time (withDynamicRead, withStopReadTime)";
    }
    if (subscription.isFixed()) {
      return "watches for partitions and lists them (withDynamicRead, withTopicPartitions)";
    }
    return subscription.topics().isEmpty() && subscription.pattern() == null
        ? "watches all topics there are (withDynamicRead alone)"
        : null;
  }

  private static Subscription subscription(KafkaIO.Read<?, ?> read) {
    List<TopicPartition> partitions = read.getTopicPartitions();
    List<String> topics = read.getTopics();
    return new Subscription(
        partitions == null ? List.of() : partitions.stream().distinct().toList(),
        topics == null ? List.of() : topics.stream().distinct().toList(),
        read.getTopicPattern());
  }

  private static Optional<Duration> watch(KafkaIO.Read<?, ?> read) {
    if (!read.isDynamicRead()) {
      return Optional.empty();
    }
    Duration interval = read.getWatchTopicPartitionDuration();
    return Optional.of(interval == null ? DEFAULT_WATCH : interval);
  }

  private static String servers(String stepName, Map<String, Object> config) {
    Object given = config.get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG);
    if (given == null) {
      throw new IllegalArgumentException(stepName + ": withBootstrapServers() is required");
    }
    return given instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : given.toString();
  }
}
