package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import java.io.IOException;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * An operator at its place in a chain, with the watermark that has reached it.
 *
 * <p>Input watermark = min over the output watermarks of its producers in the chain; the head's is
 * set from outside. Owned by the task's thread; lives as long as the chain.
 */
final class Position {
  private final OperatorContext context;
  private final Operator operator;
  private final Segments segments;
  private final List<PositionOutputs> producers;
  private final @Nullable Seam seam;
  private long inputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * @param context what the operator was made in
   * @param operator what stands here
   * @param segments its snapshots
   * @param producers outputs of the operators before it in the chain; empty for the head
   * @param seam where elements gather before it; null: they do not
   */
  Position(
      OperatorContext context,
      Operator operator,
      Segments segments,
      List<PositionOutputs> producers,
      @Nullable Seam seam) {
    this.context = context;
    this.operator = operator;
    this.segments = segments;
    this.producers = List.copyOf(producers);
    this.seam = seam;
  }

  String stepName() {
    return context.stepName();
  }

  Operator operator() {
    return operator;
  }

  /** What the elements of its producers enter by. The same object at every call. */
  Receiver entry() {
    return seam == null ? operator.entry() : seam;
  }

  /**
   * Has the operator receive what was emitted for it. Before anything else is asked of it, or of
   * those behind it.
   */
  void takeIn() {
    if (seam != null) {
      seam.passOn();
    }
  }

  /**
   * Begins to write what the operator holds.
   *
   * @param checkpoint number of the checkpoint
   * @param continues whether the one that was answered last is committed
   * @throws IOException when something cannot be written, naming the step
   */
  void beginSnapshot(long checkpoint, boolean continues) throws IOException {
    try {
      segments.begin(checkpoint, continues);
    } catch (IOException | RuntimeException e) {
      throw unwritten(e);
    }
  }

  /** Writes some cells; whether all are written. */
  boolean drain(int cells) throws IOException {
    try {
      return segments.drain(cells);
    } catch (IOException | RuntimeException e) {
      throw unwritten(e);
    }
  }

  /** Folds some cells, between batches; whether there was anything to fold. */
  boolean fold(int cells) {
    return segments.fold(cells);
  }

  /** What the operator held when the snapshot began; null if it held nothing. */
  @Nullable OperatorState endSnapshot() throws IOException {
    try {
      return segments.end();
    } catch (IOException | RuntimeException e) {
      throw unwritten(e);
    }
  }

  /** A snapshot that was begun is not going to be ended. */
  void giveUpSnapshot() {
    segments.giveUp();
  }

  private IOException unwritten(Exception cause) {
    return new IOException(
        "the state of " + stepName() + " cannot be written to a checkpoint: " + cause.getMessage(),
        cause);
  }

  /**
   * Takes in what the operators of this step held in the tasks of an earlier run.
   *
   * @throws IOException when something cannot be read, naming the step
   */
  void restore(List<OperatorState> states) throws IOException {
    try {
      segments.restore(states);
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
    takeIn();
    operator.advanceWatermark(inputWatermark);
  }
}
