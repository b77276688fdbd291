package io.purlin.nativerunner.splittable;

import io.purlin.nativerunner.metrics.Consumed;
import io.purlin.nativerunner.metrics.LongCell;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/**
 * How far the restrictions of a task are processed, by the work that their trackers say is left.
 * Work is in whatever unit the DoFn has.
 *
 * <p>Written by the task's thread between calls; any thread asks for {@link #consumed}.
 */
final class RestrictionProgress {
  private final Map<ByteBuffer, Double> left = new HashMap<>();
  private final LongCell restrictions = new LongCell(0);
  private final LongCell silent = new LongCell(0);
  private final LongCell done = new LongCell(Double.doubleToRawLongBits(0));
  private final LongCell total = new LongCell(Double.doubleToRawLongBits(0));

  /**
   * A restriction is going to be processed, for the first time or on.
   *
   * @param key tells it from others
   * @param work what is left of it; negative when its tracker does not say
   */
  void begins(byte[] key, double work) {
    if (left.putIfAbsent(ByteBuffer.wrap(key), Math.max(0, work)) == null) {
      restrictions.add(1);
      add(total, Math.max(0, work));
    }
    noteSilence(work);
  }

  /**
   * A call is over.
   *
   * @param work what is left; 0: nothing, negative: its tracker does not say
   * @param over whether the restriction is not processed again
   */
  void ends(byte[] key, double work, boolean over) {
    ByteBuffer which = ByteBuffer.wrap(key);
    double before = left.getOrDefault(which, 0.0);
    double now = Math.max(0, over ? 0 : work);
    add(done, Math.max(0, before - now));
    add(total, Math.max(0, now - before));
    if (over) {
      left.remove(which);
    } else {
      left.put(which, now);
      noteSilence(work);
    }
  }

  private void noteSilence(double work) {
    if (work < 0) {
      silent.set(1);
    }
  }

  private static void add(LongCell cell, double by) {
    cell.set(Double.doubleToRawLongBits(Double.longBitsToDouble(cell.own()) + by));
  }

  /** How much is processed of those that have come so far, each counted as a split. Any thread. */
  Consumed consumed() {
    long count = restrictions.get();
    if (count == 0) {
      return Consumed.NOTHING;
    }
    double all = Double.longBitsToDouble(total.get());
    if (silent.get() != 0 || all <= 0) {
      return Consumed.UNKNOWN;
    }
    double part = Math.min(1, Double.longBitsToDouble(done.get()) / all);
    return new Consumed(count * part, count);
  }
}
