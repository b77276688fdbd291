package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * An operator at its place in a chain, with the watermark that has reached it.
 *
 * <p>Input watermark = min over the output watermarks of its producers in the chain; the head's is
 * set from outside. Owned by the task's thread; lives as long as the chain.
 */
final class Position {
  private final OperatorContext context;
  private final Operator operator;
  private final List<PositionOutputs> producers;
  private long inputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * @param context what the operator was made in
   * @param operator what stands here
   * @param producers outputs of the operators before it in the chain; empty for the head
   */
  Position(OperatorContext context, Operator operator, List<PositionOutputs> producers) {
    this.context = context;
    this.operator = operator;
    this.producers = List.copyOf(producers);
  }

  String stepName() {
    return context.stepName();
  }

  Operator operator() {
    return operator;
  }

  /**
   * What the operator holds; empty if it holds nothing.
   *
   * @throws IOException when something cannot be written, naming the step
   */
  byte[] snapshot() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      SnapshotSink sink =
          new SnapshotSink(
              bytes, context.taskIndex(), context.parallelism(), context.maxParallelism());
      operator.snapshot(sink);
      sink.finish();
      return sink.isEmpty() ? new byte[0] : bytes.toByteArray();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "the state of " + stepName() + " cannot be written to a checkpoint: " + e.getMessage(),
          e);
    }
  }

  /**
   * Takes in what the operators of this step held in the tasks of an earlier run.
   *
   * @throws IOException when something cannot be read, naming the step
   */
  void restore(List<byte[]> snapshots) throws IOException {
    try {
      for (byte[] each : snapshots) {
        new SnapshotSource(
                new ByteArrayInputStream(each),
                context.taskIndex(),
                context.parallelism(),
                context.maxParallelism())
            .restoreTo(operator, false);
      }
      operator.restored();
    } catch (IOException | RuntimeException e) {
      throw new IOException(
          "the state of " + stepName() + " cannot be read from the checkpoint: " + e.getMessage(),
          e);
    }
  }

  /** A producer's watermark has risen. */
  void producerAdvanced() {
    long lowest = Long.MAX_VALUE;
    for (PositionOutputs producer : producers) {
      lowest = Math.min(lowest, producer.watermark());
    }
    advance(lowest);
  }

  /** Raises the input watermark; a lower value is ignored. */
  void advance(long millis) {
    if (millis > inputWatermark) {
      inputWatermark = millis;
      operator.advanceWatermark(millis);
    }
  }

  /** Lets the output watermark follow holds that were released since the last advance. */
  void repeatAdvance() {
    operator.advanceWatermark(inputWatermark);
  }
}
