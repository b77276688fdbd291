package io.purlin.nativerunner.time;

/** Where processing time comes from. Implementations may be read by any thread. */
public interface Clock {
  /** Milliseconds since the epoch; never decreases. */
  long millis();
}
