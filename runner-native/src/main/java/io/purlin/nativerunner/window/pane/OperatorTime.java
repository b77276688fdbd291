package io.purlin.nativerunner.window.pane;

import io.purlin.nativerunner.time.StoredWatermarks;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * How far an operator has come in event time, in milliseconds. Neither value ever decreases, and
 * output never passes input. Owned by the task's thread.
 */
public final class OperatorTime implements Snapshottable {
  private final StoredWatermarks stored;
  private long input = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private long output = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * At the beginning of time.
   *
   * @param stepName full name of the Beam transform
   */
  public OperatorTime(String stepName) {
    stored = new StoredWatermarks(stepName);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    stored.write(sink, input, output);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return stored.restore(source);
  }

  @Override
  public void restored() {
    if (stored.areKnown()) {
      input = stored.inputMillis();
      output = stored.outputMillis();
    }
  }

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
