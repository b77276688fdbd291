package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkJob;
import io.purlin.sdk.connector.SinkTransform;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.errorhandling.BadRecordRouter;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sees into KafkaIO's transforms, by their public getters, and makes what runs them. */
public final class KafkaSinks {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaSinks.class);

  private KafkaSinks() {}

  /**
   * The sink that runs a transform, or nothing (and a line in the log) when it uses what only
   * KafkaIO's own writer has: a producer of the user's making, or an output for bad records.
   */
  public static <K, V> Optional<SinkTransform<?>> of(
      String stepName, KafkaIO.WriteRecords<K, V> write) {
    String reason = reasonToLeave(write);
    if (reason != null) {
      LOG.warn(
          "{}: KafkaIO's own writer runs this step, at least once, because it {}.",
          stepName,
          reason);
      return Optional.empty();
    }
    Class<? extends Serializer<K>> keys = write.getKeySerializer();
    Class<? extends Serializer<V>> values = write.getValueSerializer();
    if (keys == null || values == null) {
      throw new IllegalArgumentException(
          stepName + ": withKeySerializer() and withValueSerializer() are required");
    }
    return Optional.of(
        new WriteStep<>(
            stepName,
            servers(stepName, write.getProducerConfig()),
            write.getTopic(),
            keys,
            values,
            write.getPublishTimestampFunction(),
            Map.copyOf(write.getProducerConfig())));
  }

  private static @Nullable String reasonToLeave(KafkaIO.WriteRecords<?, ?> write) {
    if (write.getProducerFactoryFn() != null) {
      return "makes its own producer (withProducerFactoryFn)";
    }
    if (write.getBadRecordRouter() != BadRecordRouter.THROWING_ROUTER) {
      return "hands bad records to an error handler (withBadRecordErrorHandler)";
    }
    return null;
  }

  /** Addresses in one order, so that two steps that list them differently still agree. */
  private static String servers(String stepName, Map<String, Object> config) {
    Object given = config.get(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG);
    if (given == null) {
      throw new IllegalArgumentException(stepName + ": withBootstrapServers() is required");
    }
    String text =
        given instanceof List<?> list
            ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
            : given.toString();
    return Arrays.stream(text.split(","))
        .map(String::strip)
        .filter(address -> !address.isEmpty())
        .sorted()
        .distinct()
        .collect(Collectors.joining(","));
  }

  /** The coordinator of a job's steps, all made by {@link #of} and at one cluster. */
  public static SinkCoordinator coordinator(SinkJob job, List<SinkTransform<?>> sinks) {
    return coordinator(job, sinks, KafkaClients.real());
  }

  /** The same with other clients than Kafka's own. */
  public static SinkCoordinator coordinator(
      SinkJob job, List<SinkTransform<?>> sinks, KafkaClients clients) {
    List<WriteStep<?, ?>> steps = sinks.stream().<WriteStep<?, ?>>map(KafkaSinks::own).toList();
    SinkSettings settings = SinkSettings.of(job, steps);
    return job.guarantee() == Guarantee.EXACTLY_ONCE
        ? new TransactionalSink(settings, clients)
        : new PlainSink(settings, clients);
  }

  static WriteStep<?, ?> own(SinkTransform<?> sink) {
    if (sink instanceof WriteStep<?, ?> step) {
      return step;
    }
    throw new IllegalArgumentException(sink.stepName() + " is no step of this connector");
  }
}
