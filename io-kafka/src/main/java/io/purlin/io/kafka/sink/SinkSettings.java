package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkJob;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the clients of one job's sink are set up: the preset, over it what the pipeline says, over it
 * what the guarantee needs. A setting of the pipeline that would break the guarantee is refused.
 *
 * @param names what the job is called on the cluster
 * @param servers where the cluster is
 * @param producer the producer's configuration
 */
record SinkSettings(SinkNames names, String servers, Map<String, Object> producer) {
  private static final Logger LOG = LoggerFactory.getLogger(SinkSettings.class);

  /** The largest that brokers allow unless they are told otherwise. */
  private static final Duration LONGEST_TRANSACTION = Duration.ofMinutes(15);

  /** For what comes before and after a checkpoint: a slow disk, a broker that restarts. */
  private static final Duration SPARE = Duration.ofMinutes(1);

  /** KafkaIO puts this in itself. Three tries do not survive a broker's restart. */
  private static final Integer RETRIES_OF_KAFKA_IO = 3;

  /** The producer carries bytes: keys and values are serialised before. */
  private static final Set<String> SERIALIZERS =
      Set.of(
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG);

  static SinkSettings of(SinkJob job, List<WriteStep<?, ?>> steps) {
    KafkaSinkOptions options = job.options().as(KafkaSinkOptions.class);
    SinkNames names = SinkNames.of(job.jobName(), options.getKafkaCommitTopic());
    Map<String, Object> config = new HashMap<>(options.getKafkaSinkPreset().settings());
    config.put(ProducerConfig.CLIENT_ID_CONFIG, names.transactionalId());
    config.putAll(common(steps));
    config.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    config.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    if (job.guarantee() == Guarantee.EXACTLY_ONCE) {
      demand(config, ProducerConfig.TRANSACTIONAL_ID_CONFIG, names.transactionalId());
      demand(config, ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
      demand(config, ProducerConfig.ACKS_CONFIG, "all", "-1");
      config.computeIfAbsent(
          ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, name -> transactionTimeoutMillis(job));
    }
    return new SinkSettings(names, steps.get(0).servers(), Map.copyOf(config));
  }

  /** What the steps say, which is one thing: they share a producer. */
  private static Map<String, Object> common(List<WriteStep<?, ?>> steps) {
    WriteStep<?, ?> first = steps.get(0);
    Map<String, Object> settings = said(first);
    for (WriteStep<?, ?> step : steps) {
      if (!step.servers().equals(first.servers())) {
        throw new IllegalArgumentException(
            first.stepName() + " and " + step.stepName() + " write to different clusters");
      }
      Map<String, Object> others = said(step);
      Set<String> differing = new TreeSet<>(settings.keySet());
      differing.addAll(others.keySet());
      differing.removeIf(name -> Objects.equals(settings.get(name), others.get(name)));
      if (!differing.isEmpty()) {
        throw new IllegalArgumentException(
            first.stepName()
                + " and "
                + step.stepName()
                + " share one producer and differ in "
                + String.join(", ", differing)
                + ". Give both the same producer configuration.");
      }
    }
    return settings;
  }

  private static Map<String, Object> said(WriteStep<?, ?> step) {
    Map<String, Object> settings = new HashMap<>(step.settings());
    settings.keySet().removeAll(SERIALIZERS);
    settings.remove(ProducerConfig.RETRIES_CONFIG, RETRIES_OF_KAFKA_IO);
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, step.servers());
    return settings;
  }

  private static void demand(Map<String, Object> config, String name, String... allowed) {
    Object given = config.put(name, allowed[0]);
    if (given != null && !List.of(allowed).contains(given.toString())) {
      throw new IllegalArgumentException(
          "The producer configuration sets "
              + name
              + " to "
              + given
              + "; exactly once needs "
              + allowed[0]
              + ". Leave the setting away.");
    }
  }

  /**
   * The broker gives a transaction up after this time. It must outlast a checkpoint that is only
   * just in time, and holds up readers of committed data when nobody restarts the job.
   */
  private static int transactionTimeoutMillis(SinkJob job) {
    Duration wanted = job.checkpointInterval().plus(job.checkpointTimeout()).plus(SPARE);
    if (wanted.compareTo(LONGEST_TRANSACTION) > 0) {
      LOG.warn(
          "Kafka gives transactions up after {} minutes, interval and timeout of checkpoints"
              + " together take longer. A checkpoint that does is replayed. Set"
              + " transaction.timeout.ms if the brokers' transaction.max.timeout.ms allows more.",
          LONGEST_TRANSACTION.toMinutes());
      wanted = LONGEST_TRANSACTION;
    }
    return Math.toIntExact(wanted.toMillis());
  }

  /** Whether records are compressed, which is done where they are sent. */
  boolean compresses() {
    Object type = producer.get(ProducerConfig.COMPRESSION_TYPE_CONFIG);
    return type != null && !type.toString().equals("none");
  }

  /** The configuration of an admin client for the same cluster. */
  Map<String, Object> admin() {
    return shared(AdminClientConfig.configNames());
  }

  /** The configuration of a consumer of committed bytes from the same cluster. */
  Map<String, Object> consumer() {
    Map<String, Object> config = shared(ConsumerConfig.configNames());
    config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    config.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    config.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    config.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    return config;
  }

  /** Addresses, security and network settings have the same names for all clients. */
  private Map<String, Object> shared(Set<String> known) {
    Map<String, Object> config = new HashMap<>(producer);
    config.keySet().retainAll(known);
    config.remove(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG);
    return config;
  }
}
