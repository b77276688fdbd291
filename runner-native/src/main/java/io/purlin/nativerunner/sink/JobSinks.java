package io.purlin.nativerunner.sink;

import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkJob;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SinkWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All sinks of a job that connectors run, and its transactions with the external systems behind
 * them.
 *
 * <p>Sinks are added while the pipeline is translated. Each attempt to run the job connects anew,
 * before its tasks are made; from then on what is written, prepared and committed is that
 * attempt's. With exactly-once sinks there is one external system at most: no transaction spans
 * two.
 *
 * <p>Used by the thread that runs the job; {@link #close} by any.
 */
public final class JobSinks {
  private record Sink<T>(Connector connector, SinkTransform<T> transform) {}

  /** What an attempt holds. */
  private record Connection(SinkCoordinator coordinator, List<SinkTransform<?>> sinks) {}

  private final List<Sink<?>> sinks = new ArrayList<>();
  private final List<SinkWriter<?>> writers = new ArrayList<>();
  private volatile List<Connection> connections = List.of();

  /**
   * Adds a sink.
   *
   * @return what makes its operators, once the job is connected
   */
  public <T> OperatorFactory add(Connector connector, SinkTransform<T> transform) {
    sinks.add(new Sink<>(connector, transform));
    return new OperatorFactory() {
      @Override
      public SinkOperator<T> create(OperatorContext context) {
        SinkWriter<T> writer = coordinator(transform).writer(transform);
        writers.add(writer);
        return new SinkOperator<>(writer, context);
      }

      @Override
      public String explanation() {
        return transform.description();
      }
    };
  }

  private SinkCoordinator coordinator(SinkTransform<?> transform) {
    for (Connection each : connections) {
      if (each.sinks().contains(transform)) {
        return each.coordinator();
      }
    }
    throw new IllegalStateException(transform.stepName() + " is not connected");
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return sinks.isEmpty();
  }

  /**
   * Gives up what an earlier attempt has not committed, and connects anew.
   *
   * @return the checkpoint that the external system committed last; nothing when there is none, or
   *     when nothing is to be committed
   * @throws IllegalArgumentException when the sinks cannot be brought together, naming them
   */
  public Optional<CheckpointId> connect(SinkJob job) {
    close();
    writers.clear();
    Map<String, List<Sink<?>>> systems = new LinkedHashMap<>();
    for (Sink<?> each : sinks) {
      systems.computeIfAbsent(each.transform().system(), system -> new ArrayList<>()).add(each);
    }
    if (job.guarantee() == Guarantee.EXACTLY_ONCE && systems.size() > 1) {
      throw new IllegalArgumentException(
          "the sinks of this job write to "
              + systems.keySet()
              + ", and no transaction spans several systems: write to one of them, or run without"
              + " checkpoints (--checkpointingInterval=0), which writes at least once");
    }
    List<Connection> made = new ArrayList<>();
    for (List<Sink<?>> ofSystem : systems.values()) {
      List<SinkTransform<?>> transforms = new ArrayList<>();
      ofSystem.forEach(sink -> transforms.add(sink.transform()));
      made.add(
          new Connection(ofSystem.get(0).connector().coordinator(job, transforms), transforms));
    }
    connections = List.copyOf(made);
    @Nullable CheckpointId last = null;
    for (Connection each : made) {
      last = each.coordinator().recover().orElse(last);
    }
    return Optional.ofNullable(last);
  }

  /**
   * Ends the epoch of every writer for tasks that have ended; their threads write no more, and what
   * they wrote happened before this call.
   */
  public void endEpochs() {
    writers.forEach(SinkWriter::endEpoch);
  }

  /** Makes sure of every element of the epoch and names the checkpoint in the transactions. */
  public void prepare(CheckpointId checkpoint) {
    connections.forEach(each -> each.coordinator().prepare(checkpoint));
  }

  /** Makes the prepared epoch visible: the commit point. */
  public void commit(CheckpointId checkpoint) {
    connections.forEach(each -> each.coordinator().commit(checkpoint));
  }

  /** Names of the transactions that are open now. Any thread. */
  public List<String> openTransactions() {
    return connections.stream()
        .flatMap(each -> each.coordinator().openTransactions().stream())
        .toList();
  }

  /** Gives up what is not committed, and lets writers that wait fail. Any thread. */
  public void close() {
    connections.forEach(each -> each.coordinator().close());
  }
}
