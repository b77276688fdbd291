package io.purlin.benchmarks.latency;

import java.io.Serializable;

/**
 * When each number is to be emitted: they are due at equal distances, whatever becomes of those
 * before. What is late because the job stood still is measured from when it was due, so that a
 * pause counts for all that came meanwhile (no coordinated omission).
 *
 * @param originNanos of {@link System#nanoTime} in this process: when number 0 is due, and event
 *     time 0
 * @param perSecond numbers a second of event time
 * @param end behind the last number
 * @param paced whether none is emitted before it is due; else all are as soon as may be
 * @param measuredFrom the first number that is measured: those before it warm up
 */
record Schedule(long originNanos, double perSecond, long end, boolean paced, long measuredFrom)
    implements Serializable {
  private static final double SECOND_NANOS = 1e9;
  private static final double SECOND_MILLIS = 1e3;
  private static final long MILLI_NANOS = 1_000_000;

  /** Nanoseconds after the origin at which a number is due. */
  long dueNanos(long number) {
    return (long) (number * (SECOND_NANOS / perSecond));
  }

  /** Event time in milliseconds, which runs with the clock. */
  long millis(long number) {
    return (long) (number * (SECOND_MILLIS / perSecond));
  }

  boolean isDue(long number, long nowNanos) {
    return !paced || nowNanos - originNanos >= dueNanos(number);
  }

  /** How late a number is. */
  long nanosSinceDue(long number, long nowNanos) {
    return nowNanos - originNanos - dueNanos(number);
  }

  /** How long ago event time came to some point. */
  long nanosSinceMillis(long millis, long nowNanos) {
    return nowNanos - originNanos - millis * MILLI_NANOS;
  }

  /** Whether a window is measured: it ends after the warming up, and something follows it. */
  boolean isMeasured(long windowEndMillis) {
    return windowEndMillis > millis(measuredFrom) && windowEndMillis <= millis(end - 1);
  }
}
