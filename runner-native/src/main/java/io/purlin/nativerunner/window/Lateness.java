package io.purlin.nativerunner.window;

import org.apache.beam.runners.core.LateDataDroppingDoFnRunner;
import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * When windows expire, and the count of elements that came after that.
 *
 * <p>A window expires when the watermark is past its end plus the allowed lateness. Owned by the
 * task's thread.
 */
final class Lateness {
  // The name under which every Beam runner counts these.
  private final Counter dropped =
      Metrics.counter(
          LateDataDroppingDoFnRunner.class, LateDataDroppingDoFnRunner.DROPPED_DUE_TO_LATENESS);
  private final WindowingStrategy<?, ?> strategy;

  Lateness(WindowingStrategy<?, ?> strategy) {
    this.strategy = strategy;
  }

  /** The last event time, in milliseconds, at which the window may still receive elements. */
  long expiryMillis(BoundedWindow window) {
    return LateDataUtils.garbageCollectionTime(window, strategy).getMillis();
  }

  /** Whether an element of the window has come too late; counts it if so. */
  boolean drops(BoundedWindow window, long inputWatermark) {
    if (expiryMillis(window) >= inputWatermark) {
      return false;
    }
    dropped.inc();
    return true;
  }
}
