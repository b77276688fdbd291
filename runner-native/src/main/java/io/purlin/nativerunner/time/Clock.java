package io.purlin.nativerunner.time;

/** Where processing time comes from. Implementations may be read by any thread. */
public interface Clock {
  /** Milliseconds since the epoch; never decreases. */
  long millis();

  /**
   * For how many milliseconds what other tasks did at a time may still be on its way to the reader
   * of this clock: that much synchronized processing time is behind {@link #millis}. At least 0.
   */
  default long upstreamLagMillis() {
    return 0;
  }

  /** This clock, for a task that what others did reaches up to {@code lagMillis} later; from 0. */
  default Clock behindExchange(long lagMillis) {
    return new BehindExchange(this, lagMillis);
  }
}
