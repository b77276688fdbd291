package io.purlin.conformance.simulation.job;

import io.purlin.io.kafka.sink.KafkaClients;
import io.purlin.io.kafka.sink.KafkaSinks;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkJob;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;

/**
 * The Kafka connector with other clients; it remembers its writers, so that nobody steps a task
 * that would wait for a commit: the thread that steps it is the one that commits.
 */
final class SimulatedConnector implements Connector {
  private final KafkaClients clients;
  private final List<SinkWriter<?>> writers = new ArrayList<>();

  SimulatedConnector(KafkaClients clients) {
    this.clients = clients;
  }

  /** Whether the task of an index may write. */
  boolean isOpen(int task) {
    return writers.get(task).isOpen();
  }

  @Override
  public String name() {
    return "simulated";
  }

  @Override
  public Optional<SinkTransform<?>> sink(String stepName, PTransform<?, ?> transform) {
    return Optional.empty();
  }

  @Override
  public SinkCoordinator coordinator(SinkJob job, List<SinkTransform<?>> sinks) {
    writers.clear();
    SinkCoordinator coordinator = KafkaSinks.coordinator(job, sinks, clients);
    return new SinkCoordinator() {
      @Override
      public Optional<CheckpointId> recover() {
        return coordinator.recover();
      }

      @Override
      public <T> SinkWriter<T> writer(SinkTransform<T> sink) {
        SinkWriter<T> writer = coordinator.writer(sink);
        writers.add(writer);
        return writer;
      }

      @Override
      public void prepare(CheckpointId checkpoint) {
        coordinator.prepare(checkpoint);
      }

      @Override
      public void commit(CheckpointId checkpoint) {
        coordinator.commit(checkpoint);
      }

      @Override
      public void close() {
        coordinator.close();
      }
    };
  }
}
