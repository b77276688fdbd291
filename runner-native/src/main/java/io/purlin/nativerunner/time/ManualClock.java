package io.purlin.nativerunner.time;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands until it is moved: by a test, or by the events of a {@code TestStream}. May
 * be used by any thread.
 */
public final class ManualClock implements Clock {
  private final AtomicLong millis;

  /** A clock that stands at {@code startMillis}. */
  public ManualClock(long startMillis) {
    millis = new AtomicLong(startMillis);
  }

  @Override
  public long millis() {
    return millis.get();
  }

  /** Moves the clock on by {@code byMillis}, at least 0. */
  public void advance(long byMillis) {
    if (byMillis < 0) {
      throw new IllegalArgumentException("time cannot go back by " + -byMillis + " ms");
    }
    millis.addAndGet(byMillis);
  }

  /** Sets the clock to {@code toMillis}, unless it is later already. */
  public void advanceTo(long toMillis) {
    millis.accumulateAndGet(toMillis, Math::max);
  }
}
