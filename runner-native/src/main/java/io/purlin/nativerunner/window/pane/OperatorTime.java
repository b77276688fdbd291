package io.purlin.nativerunner.window.pane;

import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * How far an operator has come in event time, in milliseconds. Neither value ever decreases, and
 * output never passes input. Owned by the task's thread.
 */
public final class OperatorTime {
  private long input = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private long output = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /** The input watermark. */
  public long input() {
    return input;
  }

  /** The output watermark. */
  public long output() {
    return output;
  }

  /** Raises the input watermark; a lower value is ignored. */
  public void advanceInput(long millis) {
    input = Math.max(input, millis);
  }

  /** Lets the output watermark follow as far as {@code holdMillis} allows. */
  public void advanceOutput(long holdMillis) {
    output = Math.max(output, Math.min(input, holdMillis));
  }
}
