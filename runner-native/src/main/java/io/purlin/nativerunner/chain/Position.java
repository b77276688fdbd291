package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.operator.Operator;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * An operator at its place in a chain, with the watermark that has reached it.
 *
 * <p>Input watermark = min over the output watermarks of its producers in the chain; the head's is
 * set from outside. Owned by the task's thread; lives as long as the chain.
 */
final class Position {
  private final Operator operator;
  private final List<PositionOutputs> producers;
  private long inputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * @param operator what stands here
   * @param producers outputs of the operators before it in the chain; empty for the head
   */
  Position(Operator operator, List<PositionOutputs> producers) {
    this.operator = operator;
    this.producers = List.copyOf(producers);
  }

  Operator operator() {
    return operator;
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
