package io.purlin.nativerunner.window.pane;

import io.purlin.nativerunner.time.WatermarkHolds;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * Where panes that have not fired hold the output watermark; this is also the timestamp that they
 * get.
 *
 * <p>An element holds at its timestamp as the combiner has it. One that comes too late for that,
 * for the output watermark is past it already, holds at the expiry of the window instead, so that
 * downstream the pane is no later than it must be. Owned by the task's thread.
 */
public final class PaneHolds {
  private static final long LAST_HOLD = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis() - 1;

  private final WatermarkHolds holds = new WatermarkHolds();
  private final TimestampCombiner combiner;
  private final boolean emptyPanesClose;
  private final OperatorTime time;

  PaneHolds(WindowingStrategy<?, ?> strategy, OperatorTime time) {
    this.combiner = strategy.getTimestampCombiner();
    this.emptyPanesClose = strategy.getClosingBehavior() == ClosingBehavior.FIRE_ALWAYS;
    this.time = time;
  }

  /** The earliest hold; {@code Long.MAX_VALUE} if there is none. */
  public long minMillis() {
    return holds.minMillis();
  }

  /** An element has come into the pane. */
  void addElement(GroupCell cell, OpenWindow open, long timestampMillis) {
    long hold = combiner == TimestampCombiner.END_OF_WINDOW ? open.maxMillis : timestampMillis;
    if (canHold(hold, open)) {
      moveElementHold(cell, open, combined(cell.elementHold(open.maxMillis), hold));
    } else {
      holdAtExpiry(cell, open);
    }
  }

  /**
   * The pane gets what was kept elsewhere, with where that held; {@link GroupCell#NONE}: nowhere.
   */
  void addHold(GroupCell cell, OpenWindow open, long holdMillis) {
    if (holdMillis != GroupCell.NONE) {
      moveElementHold(cell, open, combined(cell.elementHold(open.maxMillis), holdMillis));
    }
  }

  private boolean canHold(long hold, OpenWindow open) {
    return hold >= time.output() && open.maxMillis >= time.input();
  }

  private long combined(long before, long hold) {
    if (before == GroupCell.NONE) {
      return hold;
    }
    return switch (combiner) {
      case EARLIEST -> Math.min(before, hold);
      case LATEST -> Math.max(before, hold);
      case END_OF_WINDOW -> before;
    };
  }

  private void moveElementHold(GroupCell cell, OpenWindow open, long to) {
    long from = cell.elementHold(open.maxMillis);
    if (from == to) {
      return;
    }
    if (from != GroupCell.NONE) {
      holds.remove(from);
    }
    if (to != GroupCell.NONE) {
      holds.add(to);
    }
    cell.elementHold(to, open.maxMillis);
  }

  private void holdAtExpiry(GroupCell cell, OpenWindow open) {
    if (!cell.isHeldAtExpiry() && open.expiryMillis >= time.input()) {
      cell.heldAtExpiry(true);
      holds.add(expiryHold(open));
    }
  }

  /** The pane was read: holds where it did. */
  void restore(GroupCell cell, OpenWindow open) {
    long hold = cell.elementHold(open.maxMillis);
    if (hold != GroupCell.NONE) {
      // As it is kept, not as it was read.
      cell.elementHold(hold, open.maxMillis);
      holds.add(hold);
    }
    if (cell.isHeldAtExpiry()) {
      holds.add(expiryHold(open));
    }
  }

  private static long expiryHold(OpenWindow open) {
    return Math.min(open.expiryMillis, LAST_HOLD);
  }

  /** Takes the pane's holds back; returns its timestamp, in milliseconds. */
  long release(GroupCell cell, OpenWindow open) {
    long hold = cell.elementHold(open.maxMillis);
    long earliest = hold == GroupCell.NONE ? Long.MAX_VALUE : hold;
    moveElementHold(cell, open, GroupCell.NONE);
    if (cell.isHeldAtExpiry()) {
      cell.heldAtExpiry(false);
      holds.remove(expiryHold(open));
      earliest = Math.min(earliest, expiryHold(open));
    }
    return Math.min(earliest, open.maxMillis);
  }

  /** The pane has fired and others will: holds for the last one if that comes even when empty. */
  void afterFiring(GroupCell cell, OpenWindow open) {
    if (emptyPanesClose) {
      holdAtExpiry(cell, open);
    }
  }

  /** Unites the holds of panes whose windows have merged, as {@link CellFiring#merge} does. */
  void merge(
      List<? extends GroupCell> cells,
      List<OpenWindow> windows,
      GroupCell into,
      OpenWindow merged) {
    long united = GroupCell.NONE;
    for (int i = 0; i < cells.size(); i++) {
      GroupCell each = cells.get(i);
      OpenWindow window = windows.get(i);
      long hold = each.elementHold(window.maxMillis);
      if (hold != GroupCell.NONE) {
        united = combined(united, hold);
      }
      release(each, window);
    }
    if (combiner == TimestampCombiner.END_OF_WINDOW) {
      united = canHold(merged.maxMillis, merged) ? merged.maxMillis : GroupCell.NONE;
    }
    moveElementHold(into, merged, united);
    holdAtExpiry(into, merged);
  }
}
