package io.purlin.nativerunner.restart;

import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkJob;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SinkWriter;
import java.util.List;
import java.util.Optional;
import org.apache.beam.sdk.transforms.PTransform;
import org.jspecify.annotations.Nullable;

/** An external system to which nothing is written, but which knows what was committed last. */
final class MarkedSink implements Connector, SinkTransform<String> {
  private volatile @Nullable CheckpointId marker;

  @Override
  public String name() {
    return "marked";
  }

  @Override
  public Optional<SinkTransform<?>> sink(String stepName, PTransform<?, ?> transform) {
    return Optional.empty();
  }

  @Override
  public SinkCoordinator coordinator(SinkJob job, List<SinkTransform<?>> sinks) {
    return new Transactions();
  }

  @Override
  public String stepName() {
    return "marked";
  }

  @Override
  public String system() {
    return "marked";
  }

  @Override
  public String description() {
    return "marked";
  }

  private final class Transactions implements SinkCoordinator {
    @Override
    public Optional<CheckpointId> recover() {
      return Optional.ofNullable(marker);
    }

    @Override
    public <T> SinkWriter<T> writer(SinkTransform<T> sink) {
      throw new AssertionError("no step writes");
    }

    @Override
    public void prepare(CheckpointId checkpoint) {}

    @Override
    public void commit(CheckpointId checkpoint) {
      marker = checkpoint;
    }

    @Override
    public void close() {}
  }
}
