package io.purlin.nativerunner.task;

import org.jspecify.annotations.Nullable;

/**
 * Some of the heap, kept for the time when all the rest is full: what is left to do then, to tell
 * of it and to wait until everything has ended, needs memory, too. Any thread.
 */
public final class Reserve {
  /** Small enough to be found in pieces, and more than an end takes. */
  private static final int PIECES = 16;

  private static final int PIECE_BYTES = 64 << 10;

  // Nobody reads what is only there to be given away.
  @SuppressWarnings("UnusedVariable")
  private volatile byte @Nullable [][] kept = new byte[PIECES][PIECE_BYTES];

  /** Gives it to whoever needs memory next. Makes nothing itself; may be called again. */
  public void release() {
    kept = null;
  }
}
