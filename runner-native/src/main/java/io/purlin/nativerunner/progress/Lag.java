package io.purlin.nativerunner.progress;

import java.util.Comparator;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * How far a watermark is behind the clock.
 *
 * @param where it stands
 * @param millis how far behind; 0 where it is ahead, or at the beginning or the end of time
 */
record Lag(Where where, long millis) {
  /** Where a watermark stands; the least far first. */
  enum Where {
    /** Nothing is known yet. */
    BEGINNING,
    /** At some time. */
    BETWEEN,
    /** Nothing more comes. */
    END
  }

  static final Lag AT_THE_BEGINNING = new Lag(Where.BEGINNING, 0);

  static final Comparator<Lag> LEAST_FAR_FIRST =
      Comparator.comparing(Lag::where)
          .thenComparing(Comparator.comparingLong(Lag::millis).reversed());

  static Lag of(long watermarkMillis, long nowMillis) {
    if (watermarkMillis <= BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis()) {
      return AT_THE_BEGINNING;
    }
    return watermarkMillis >= BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis()
        ? new Lag(Where.END, 0)
        : new Lag(Where.BETWEEN, Math.max(0, nowMillis - watermarkMillis));
  }
}
