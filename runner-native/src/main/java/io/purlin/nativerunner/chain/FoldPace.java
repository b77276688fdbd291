package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.time.Clock;
import java.util.function.BooleanSupplier;

/**
 * How much of a task's time goes into folding its state: at most about a third, in short stretches.
 *
 * <p>The sooner a fold is done, the less a restart has to read; but a task that folds works on no
 * element. A fold that were slower than what changes meanwhile would have no end to speak of. Some
 * is folded between any two batches, so that an end comes whatever the clock says. Owned by the
 * task's thread.
 */
final class FoldPace {
  private static final int SHARE = 2;

  /** A stretch is a pause of the task. */
  private static final long MOST_MILLIS = 4;

  /** For a clock that stands still while work is done. */
  private static final int MOST_CALLS = 64;

  private final Clock clock;
  private long endedAt;

  FoldPace(Clock clock) {
    this.clock = clock;
    this.endedAt = clock.millis();
  }

  /**
   * Folds for as long as is due.
   *
   * @param some folds some more, a fraction of a millisecond of work; false: nothing is left
   * @return whether there was anything to fold
   */
  boolean fold(BooleanSupplier some) {
    long since = clock.millis();
    long due = Math.min(MOST_MILLIS, (since - endedAt) / SHARE);
    int calls = 0;
    while (calls < MOST_CALLS && some.getAsBoolean()) {
      calls++;
      if (clock.millis() - since >= due) {
        break;
      }
    }
    endedAt = clock.millis();
    return calls > 0;
  }
}
