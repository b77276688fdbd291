package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkException.Kind;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SinkWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes at least once: no transaction, and a bundle ends when the broker has all of it.
 *
 * <p>Used by the job's thread; {@link #close} by any. Lifetime: one run of the job.
 */
final class PlainSink implements SinkCoordinator {
  private static final Logger LOG = LoggerFactory.getLogger(PlainSink.class);
  private final SinkSettings settings;
  private final KafkaClients clients;
  private final Epochs epochs = new Epochs();
  private final Failures failures;
  private volatile @Nullable SharedProducer shared;

  PlainSink(SinkSettings settings, KafkaClients clients) {
    this.settings = settings;
    this.clients = clients;
    this.failures = new Failures(settings.servers(), () -> true);
  }

  @Override
  public Optional<CheckpointId> recover() {
    LOG.warn(
        "Kafka sinks at {} write at least once: without checkpoints a restart writes records"
            + " again.",
        settings.servers());
    try {
      shared =
          new SharedProducer(
              Guarantee.AT_LEAST_ONCE,
              clients.producer(settings.producer()),
              failures,
              epochs,
              false);
    } catch (RuntimeException e) {
      throw failures.of("making a producer", e, Kind.REFUSED);
    }
    return Optional.empty();
  }

  @Override
  @SuppressWarnings("unchecked") // a step's elements are its records: WriteStep says so
  public <T> SinkWriter<T> writer(SinkTransform<T> sink) {
    return (SinkWriter<T>) open().writer(KafkaSinks.own(sink));
  }

  private SharedProducer open() {
    SharedProducer open = shared;
    if (open == null) {
      throw new IllegalStateException("recover() comes first");
    }
    return open;
  }

  @Override
  public void prepare(CheckpointId checkpoint) {
    throw new IllegalStateException("a sink that writes at least once has no checkpoints");
  }

  @Override
  public void commit(CheckpointId checkpoint) {
    throw new IllegalStateException("a sink that writes at least once has no checkpoints");
  }

  @Override
  public void close() {
    epochs.close();
    SharedProducer open = shared;
    if (open != null) {
      open.close();
    }
  }
}
