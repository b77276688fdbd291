package io.purlin.nativerunner.time;

import java.util.concurrent.atomic.AtomicLong;

/** The machine's clock, kept from going backwards. May be read by any thread. */
public final class SystemClock implements Clock {
  private final AtomicLong latest = new AtomicLong(Long.MIN_VALUE);

  @Override
  public long millis() {
    long now = System.currentTimeMillis();
    long before = latest.get();
    while (now > before) {
      if (latest.compareAndSet(before, now)) {
        return now;
      }
      before = latest.get();
    }
    return before;
  }
}
