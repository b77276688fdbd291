package io.purlin.pipelines.kafka;

import io.purlin.pipelines.job.UserError;
import java.io.Serial;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topics of one broker or cluster. Lifetime: from {@link #at} to {@link #close}. */
public final class Topics implements AutoCloseable {
  /**
   * A broker that is near answers in milliseconds; one that has just started, on a busy machine, in
   * seconds.
   */
  private static final int TIMEOUT_MILLIS = 15_000;

  private static final int POLL_MILLIS = 20;

  private final String servers;
  private final Admin admin;

  private Topics(String servers, Admin admin) {
    this.servers = servers;
    this.admin = admin;
  }

  /**
   * Connects.
   *
   * @throws UserError when {@code servers} is not an address or nothing there answers
   */
  public static Topics at(String servers) {
    Map<String, Object> config =
        Map.of(
            AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    Topics topics = new Topics(servers, connect(servers, config));
    try {
      topics.get(topics.admin.describeCluster().clusterId());
      return topics;
    } catch (RuntimeException e) {
      topics.close();
      throw e;
    }
  }

  private static Admin connect(String servers, Map<String, Object> config) {
    try {
      return Admin.create(config);
    } catch (RuntimeException e) {
      Throwable reason = e.getCause() instanceof ConfigException ? e.getCause() : e;
      throw new UserError(
          "--bootstrapServers=" + servers + " is not an address: " + reason.getMessage(), e);
    }
  }

  /**
   * Creates a topic, and waits until the broker knows it: a controller says that it has created a
   * topic before brokers have heard of it.
   *
   * @param partitions how many, at least 1
   * @throws UserError when it exists, or the broker does not come to know it
   */
  public void create(String topic, int partitions) {
    NewTopic request = new NewTopic(topic, partitions, (short) 1);
    // Generated records carry event times of the past; age must not delete them.
    request.configs(Map.of("retention.ms", "-1", "message.timestamp.type", "CreateTime"));
    get(admin.createTopics(Set.of(request)).all());
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(TIMEOUT_MILLIS);
    while (!knows(topic)) {
      if (System.nanoTime() - end > 0) {
        throw new UserError(
            "The broker at %s has created topic '%s' and does not know it after %d s."
                .formatted(servers, topic, TIMEOUT_MILLIS / 1000));
      }
      rest();
    }
  }

  private boolean knows(String topic) {
    try {
      describe(topic);
      return true;
    } catch (MissingTopic e) {
      return false;
    }
  }

  private void rest() {
    try {
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private UserError interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new UserError("Interrupted while asking " + servers + ".", e);
  }

  /**
   * How many partitions a topic has.
   *
   * @throws UserError when there is no such topic
   */
  public int partitions(String topic) {
    try {
      return describe(topic).partitions().size();
    } catch (MissingTopic e) {
      throw new UserError("Topic '" + topic + "' does not exist at " + servers + ".", e);
    }
  }

  private TopicDescription describe(String topic) {
    KafkaFuture<TopicDescription> description =
        admin.describeTopics(Set.of(topic)).topicNameValues().get(topic);
    if (description == null) {
      throw new IllegalStateException("no answer about topic " + topic);
    }
    return get(description);
  }

  /** The offset after the last record, by partition. */
  public Map<TopicPartition, Long> ends(String topic) {
    return offsets(topic, OffsetSpec.latest());
  }

  /** The offset of the first record, by partition. */
  public Map<TopicPartition, Long> starts(String topic) {
    return offsets(topic, OffsetSpec.earliest());
  }

  private Map<TopicPartition, Long> offsets(String topic, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> request = new HashMap<>();
    for (int partition = 0; partition < partitions(topic); partition++) {
      request.put(new TopicPartition(topic, partition), which);
    }
    Map<TopicPartition, Long> offsets = new HashMap<>();
    get(admin.listOffsets(request).all())
        .forEach((partition, info) -> offsets.put(partition, info.offset()));
    return offsets;
  }

  private <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      throw explain(e);
    }
  }

  private RuntimeException explain(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof TimeoutException) {
      return new UserError(
          "No Kafka broker answers at " + servers + " (waited " + TIMEOUT_MILLIS / 1000 + " s).",
          e);
    }
    if (cause instanceof UnknownTopicOrPartitionException) {
      return new MissingTopic(e);
    }
    if (cause instanceof TopicExistsException) {
      return new UserError(cause.getMessage() + " (at " + servers + ")", e);
    }
    return new UserError("Kafka at " + servers + " refuses: " + String.valueOf(cause), e);
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }

  /** Tells the one error that needs a topic's name from all others. */
  private static final class MissingTopic extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    MissingTopic(Throwable cause) {
      super(cause);
    }
  }
}
