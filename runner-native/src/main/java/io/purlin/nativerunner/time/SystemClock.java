package io.purlin.nativerunner.time;

import java.util.concurrent.TimeUnit;

/**
 * The machine's clock: wall time when it was made, plus what the monotonic clock has counted since.
 * So it follows the slewing of the system's time but not its jumps. Immutable; for any thread.
 */
public final class SystemClock implements Clock {
  private final long startMillis = System.currentTimeMillis();
  private final long startNanos = System.nanoTime();

  /** A clock that shows wall time now. */
  public SystemClock() {}

  @Override
  public long millis() {
    return startMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }
}
