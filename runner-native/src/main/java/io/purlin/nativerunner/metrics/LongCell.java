package io.purlin.nativerunner.metrics;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that one thread writes and any may read. Writing is an ordinary store; a reader sees the
 * latest value soon, and never half of one.
 */
public final class LongCell {
  private final AtomicLong value;

  /** A cell that holds {@code first}. */
  public LongCell(long first) {
    value = new AtomicLong(first);
  }

  /** Sets it. The writer only. */
  public void set(long now) {
    value.setOpaque(now);
  }

  /** Adds to it. The writer only. */
  public void add(long by) {
    value.setOpaque(value.getPlain() + by);
  }

  /** What the writer has set last. The writer only. */
  public long own() {
    return value.getPlain();
  }

  /** The value as it stands. Any thread. */
  public long get() {
    return value.getOpaque();
  }
}
