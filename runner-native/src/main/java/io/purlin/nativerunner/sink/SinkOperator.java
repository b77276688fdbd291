package io.purlin.nativerunner.sink;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.Outputs;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkWriter;
import io.purlin.state.SnapshotSink;
import java.util.Objects;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Hands every element to a connector's writer, and ends the writer's epoch at each barrier. Emits
 * nothing.
 *
 * <p>Driven by its task's thread. Keeps no state: what was written belongs to the connector's
 * transaction, and to the checkpoint with which that is committed.
 *
 * @param <T> its elements
 */
final class SinkOperator<T> implements Operator {
  private final SinkWriter<T> writer;
  private final CurrentElement current;
  private final Outputs outputs;
  private final Standstill standstill;

  SinkOperator(SinkWriter<T> writer, OperatorContext context) {
    this.writer = writer;
    this.current = context.current();
    this.outputs = context.outputs();
    this.standstill = context.standstill();
  }

  @Override
  public void open() {}

  @Override
  public void startBundle() {}

  @Override
  @SuppressWarnings("unchecked") // the connector says that its transform's input is of this type
  public void receive(@Nullable Object value) {
    try {
      if (!writer.isOpen()) {
        standstill.begins();
      }
      T element = (T) Objects.requireNonNull(value, "a sink takes no null");
      writer.write(element, Instant.ofEpochMilli(current.timestampMillis()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SinkException(SinkException.Kind.CLOSED, "stopped while it wrote", e);
    }
  }

  @Override
  public void finishBundle() {
    writer.endBundle();
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    outputs.watermark(inputMillis);
  }

  @Override
  public void snapshot(SnapshotSink sink) {
    writer.endEpoch();
  }

  @Override
  public void close() {}
}
