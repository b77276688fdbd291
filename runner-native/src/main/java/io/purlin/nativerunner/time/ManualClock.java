package io.purlin.nativerunner.time;

/**
 * A clock that stands still until it is moved: by a test, or by the events of a {@code TestStream},
 * whose jobs are stepped by one thread. Moved and read by that thread.
 */
public final class ManualClock implements Clock {
  private long millis;

  /** A clock that stands at {@code startMillis} since the epoch. */
  public ManualClock(long startMillis) {
    millis = startMillis;
  }

  @Override
  public long millis() {
    return millis;
  }

  /**
   * Moves the clock on.
   *
   * @param byMillis at least 0
   */
  public void advance(long byMillis) {
    if (byMillis < 0) {
      throw new IllegalArgumentException("time cannot go back by " + -byMillis + " ms");
    }
    millis += byMillis;
  }

  /** Sets the clock to {@code toMillis}, unless it is later already. */
  public void advanceTo(long toMillis) {
    millis = Math.max(millis, toMillis);
  }
}
