package io.purlin.io.kafka;

import io.purlin.io.kafka.sink.KafkaSinks;
import io.purlin.io.kafka.source.KafkaSources;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkJob;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SourceTransform;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.PTransform;

/**
 * Runs what KafkaIO reads and writes.
 *
 * <p>It takes over {@link KafkaIO.Read}, which {@code readBytes()} and {@code withoutMetadata()}
 * are or contain, and {@link KafkaIO.WriteRecords}. {@link KafkaIO.Write}, its {@code values()} and
 * the writing of rows with headers all expand into that one transform, whose settings have public
 * getters; so nothing needs reflection, and what comes before it in their expansion runs as
 * written.
 */
public final class KafkaConnector implements Connector {
  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public Optional<SinkTransform<?>> sink(String stepName, PTransform<?, ?> transform) {
    if (transform instanceof KafkaIO.WriteRecords<?, ?> write) {
      return KafkaSinks.of(stepName, write);
    }
    return Optional.empty();
  }

  @Override
  public Optional<SourceTransform<?>> source(String stepName, PTransform<?, ?> transform) {
    if (transform instanceof KafkaIO.Read<?, ?> read) {
      return KafkaSources.of(stepName, read);
    }
    return Optional.empty();
  }

  @Override
  public SinkCoordinator coordinator(SinkJob job, List<SinkTransform<?>> sinks) {
    return KafkaSinks.coordinator(job, sinks);
  }
}
