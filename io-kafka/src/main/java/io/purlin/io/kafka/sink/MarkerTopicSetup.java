package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the commit topic, or looks at the one there is: with any other policy than compaction the
 * last marker would be deleted one day, and with it the knowledge of what was committed.
 */
final class MarkerTopicSetup {
  private static final Logger LOG = LoggerFactory.getLogger(MarkerTopicSetup.class);

  /** Small segments are compacted soon, so that the topic stays small at any interval. */
  private static final Map<String, String> CONFIG =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_COMPACT,
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(8 * 1024 * 1024),
          TopicConfig.COMPRESSION_TYPE_CONFIG,
          "producer");

  private final SinkSettings settings;
  private final KafkaClients clients;
  private final Failures failures;

  MarkerTopicSetup(SinkSettings settings, KafkaClients clients, Failures failures) {
    this.settings = settings;
    this.clients = clients;
    this.failures = failures;
  }

  /** Sees to it that the topic exists and keeps the last marker. */
  void ensure() {
    clients.admin(settings.admin()).ifPresent(this::ensure);
  }

  private void ensure(Admin client) {
    String topic = settings.names().commitTopic();
    String action = "looking for or creating the commit topic \"" + topic + "\"";
    try (Admin admin = client) {
      if (!exists(admin, topic)) {
        create(admin, topic);
      }
      checkPolicy(admin, topic);
    } catch (ExecutionException e) {
      throw failures.of(action, cause(e), Kind.UNREACHABLE);
    } catch (InterruptedException e) {
      throw failures.of(action, new InterruptException(e), Kind.CLOSED);
    }
  }

  private static boolean exists(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    try {
      get(admin.describeTopics(Set.of(topic)).allTopicNames());
      return true;
    } catch (ExecutionException e) {
      if (cause(e) instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw e;
    }
  }

  private void create(Admin admin, String topic) throws ExecutionException, InterruptedException {
    NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(CONFIG);
    try {
      get(admin.createTopics(Set.of(wanted)).all());
      LOG.info("Created the commit topic \"{}\" at {}.", topic, settings.servers());
    } catch (ExecutionException e) {
      if (!(cause(e) instanceof TopicExistsException)) {
        throw e;
      }
    }
  }

  private void checkPolicy(Admin admin, String topic)
      throws ExecutionException, InterruptedException {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    Config config;
    try {
      config = get(admin.describeConfigs(Set.of(resource)).all()).get(resource);
    } catch (ExecutionException e) {
      if (cause(e) instanceof AuthorizationException) {
        LOG.warn("No right to see whether the commit topic \"{}\" is compacted.", topic);
        return;
      }
      if (cause(e) instanceof UnknownTopicOrPartitionException) {
        // Just created: the broker that answered has not heard of it. It is as we made it.
        return;
      }
      throw e;
    }
    ConfigEntry policy = config == null ? null : config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
    if (policy != null && !TopicConfig.CLEANUP_POLICY_COMPACT.equals(policy.value())) {
      throw new SinkException(
          Kind.REFUSED,
          "Kafka at "
              + settings.servers()
              + ": commit topic \""
              + topic
              + "\" has cleanup.policy="
              + policy.value()
              + ", which would delete what was committed last. Set it to compact.",
          null);
    }
  }

  private static <T> T get(KafkaFuture<T> future) throws ExecutionException, InterruptedException {
    return future.get();
  }

  private static Throwable cause(ExecutionException e) {
    return e.getCause() == null ? e : e.getCause();
  }
}
