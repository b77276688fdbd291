package io.purlin.io.kafka.source;

import io.purlin.sdk.connector.SourceException;
import io.purlin.sdk.connector.SourceException.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The consumer configuration of a step, and what is made of it for each client. Immutable.
 *
 * @param servers where the cluster is, for messages
 * @param consumer what the pipeline gave, KafkaIO's defaults included
 * @param offsetConsumer what it gave for looking up ends of partitions
 */
record SourceSettings(
    String servers, Map<String, Object> consumer, Map<String, Object> offsetConsumer) {
  /** Larger than Kafka's 500, since each poll has costs of its own. */
  private static final int MAX_POLL_RECORDS = 2_000;

  /**
   * Shorter than Kafka's 500 ms: while a consumer asks for partitions that have nothing new it asks
   * its broker for no others, whose records are read on only afterwards.
   */
  private static final int FETCH_MAX_WAIT_MILLIS = 100;

  private static final List<Class<?>> REFUSALS =
      List.of(
          AuthenticationException.class,
          AuthorizationException.class,
          InvalidTopicException.class,
          InvalidOffsetException.class,
          UnsupportedVersionException.class,
          ConfigException.class);

  /**
   * For reading: the pipeline's, but where to go when an offset does not exist is decided by the
   * reader, which knows whether it is a start or records that are gone.
   */
  Map<String, Object> reading() {
    Map<String, Object> config = bytes();
    config.putIfAbsent(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_POLL_RECORDS);
    config.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_MAX_WAIT_MILLIS);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    return config;
  }

  /** For looking up where to start: the pipeline's, but it commits nothing. */
  Map<String, Object> starting() {
    Map<String, Object> config = bytes();
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.remove(ConsumerConfig.CLIENT_ID_CONFIG);
    return config;
  }

  private Map<String, Object> bytes() {
    Map<String, Object> config = new HashMap<>(consumer);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    config.put(
        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class.getName());
    return config;
  }

  /**
   * For asking: addresses, security and network settings have the same names for all clients, and
   * settings that Kafka does not know may be read by the pipeline's own security classes.
   */
  Map<String, Object> asking() {
    Map<String, Object> config = new HashMap<>(consumer);
    config.putAll(offsetConsumer);
    Set<String> known = AdminClientConfig.configNames();
    config
        .keySet()
        .removeIf(name -> ConsumerConfig.configNames().contains(name) && !known.contains(name));
    config.remove(ConsumerConfig.CLIENT_ID_CONFIG);
    return config;
  }

  /** Whether a pattern may match Kafka's internal topics. */
  boolean internalTopics() {
    return "false"
        .equals(String.valueOf(consumer.get(ConsumerConfig.EXCLUDE_INTERNAL_TOPICS_CONFIG)));
  }

  /** Whether the job ends when records are gone before they were read. */
  boolean endsWhenRecordsAreGone() {
    return "none".equals(String.valueOf(consumer.get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG)));
  }

  /**
   * What a failure of a client means.
   *
   * @param action what was done, such as {@code reading topic "a"}
   */
  RuntimeException failure(String action, Throwable failure) {
    if (failure instanceof InterruptException interrupted) {
      return interrupted;
    }
    boolean refused =
        REFUSALS.stream()
            .anyMatch(
                type ->
                    type.isInstance(failure)
                        || (failure.getCause() != null && type.isInstance(failure.getCause())));
    Throwable deepest = failure;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    String reason =
        deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    return new SourceException(
        refused ? Kind.REFUSED : Kind.UNREACHABLE,
        "Kafka at " + servers + ": " + action + " failed: " + reason,
        failure);
  }
}
