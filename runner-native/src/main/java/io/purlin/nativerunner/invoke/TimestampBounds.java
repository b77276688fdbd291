package io.purlin.nativerunner.invoke;

import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.joda.time.format.PeriodFormat;

/**
 * Which timestamps a DoFn may give to what it emits: not before its input's, less the skew that it
 * declares, and not after the end of time. Immutable.
 */
final class TimestampBounds {
  private static final long MIN = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long MAX = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final Duration skew;

  TimestampBounds(DoFn<?, ?> fn) {
    this.skew = fn.getAllowedTimestampSkew();
  }

  /**
   * Checks the timestamp of an output.
   *
   * @param baseMillis timestamp of the input or timer
   * @throws IllegalArgumentException when it is out of bounds
   */
  void checkOutput(long baseMillis, Instant timestamp) {
    if (isOutside(baseMillis, timestamp.getMillis())) {
      throw new IllegalArgumentException(message("output with timestamp", baseMillis, timestamp));
    }
  }

  /**
   * Checks the output timestamp of a timer.
   *
   * @param baseMillis timestamp of the input or timer that sets it
   * @throws IllegalArgumentException when it is out of bounds
   */
  void checkTimer(long baseMillis, Instant timestamp) {
    if (isOutside(baseMillis, timestamp.getMillis())) {
      throw new IllegalArgumentException(
          message("output timer with output timestamp", baseMillis, timestamp));
    }
  }

  private boolean isOutside(long baseMillis, long millis) {
    if (millis >= baseMillis && millis <= MAX) {
      return false;
    }
    long skewMillis = skew.getMillis();
    long lowest = baseMillis - skewMillis;
    // A skew of "for ever" overflows.
    if (((baseMillis ^ skewMillis) & (baseMillis ^ lowest)) < 0) {
      lowest = MIN;
    }
    return millis < lowest || millis > MAX;
  }

  // Beam's runners agree on this wording; its own tests look for it.
  private String message(String what, long baseMillis, Instant timestamp) {
    String allowed =
        skew.getMillis() >= Integer.MAX_VALUE
            ? skew.toString()
            : PeriodFormat.getDefault().print(skew.toPeriod());
    return String.format(
        "Cannot %s %s. Output timestamps must be no earlier than the timestamp of the current input"
            + " or timer (%s) minus the allowed skew (%s) and no later than %s. See the"
            + " DoFn#getAllowedTimestampSkew() Javadoc for details on changing the allowed skew.",
        what,
        timestamp,
        Instant.ofEpochMilli(baseMillis),
        allowed,
        BoundedWindow.TIMESTAMP_MAX_VALUE);
  }
}
