package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * For what time on the clock each operator of a chain waited when the open bundle began.
 *
 * <p>User code may take long. What comes due by the clock meanwhile was due before the watermark
 * that is passed on when the bundle has ended, and the watermark could end what waits for it: so it
 * fires first. What began to wait in the bundle itself does not, since that comes together with the
 * watermark: a pane that fires at the end of its window must not fire once more, early, behind the
 * next grouping. Owned by the task's thread.
 */
final class AwaitedTimes {
  private final List<Position> positions;
  private final Clock clock;
  private long[] dueMillis = {};

  /**
   * @param positions the chain's positions in topological order; may still grow until it opens
   * @param clock processing time
   */
  AwaitedTimes(List<Position> positions, Clock clock) {
    this.positions = positions;
    this.clock = clock;
  }

  /** From now on this is what operators waited for. */
  void remember() {
    if (dueMillis.length != positions.size()) {
      dueMillis = new long[positions.size()];
    }
    for (int i = 0; i < dueMillis.length; i++) {
      dueMillis[i] = positions.get(i).operator().nextProcessingTimeMillis();
    }
  }

  /** Fires what operators waited for and is due, in their order. */
  void fireDue() {
    long[] due = Arrays.copyOf(dueMillis, dueMillis.length);
    for (int i = 0; i < due.length; i++) {
      positions.get(i).takeIn();
      if (due[i] != Long.MAX_VALUE) {
        long now = clock.millis();
        if (due[i] <= now) {
          positions.get(i).operator().advanceProcessingTime(now);
        }
      }
    }
  }
}
