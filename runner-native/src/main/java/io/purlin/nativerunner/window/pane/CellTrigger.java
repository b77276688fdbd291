package io.purlin.nativerunner.window.pane;

import io.purlin.nativerunner.time.Clock;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a trigger on cells. What it remembers of a pane is in the pane's cell; here are only the
 * panes that wait for processing time. Owned by the task's thread; lives as long as its operator.
 */
public final class CellTrigger {
  private final TriggerShape shape;
  private final boolean merging;
  private final OperatorTime time;
  private final Clock clock;
  private final Delays early = new Delays();
  private final Delays late = new Delays();

  /**
   * @param shape the trigger
   * @param merging whether windows merge; no rule may then depend on processing time
   * @param time the operator's event time
   * @param clock processing time
   */
  public CellTrigger(TriggerShape shape, boolean merging, OperatorTime time, Clock clock) {
    if (merging && shape.delays()) {
      throw new IllegalArgumentException("panes of windows that merge cannot wait for the clock");
    }
    this.shape = shape;
    this.merging = merging;
    this.time = time;
    this.clock = clock;
  }

  /** Whether the end of the window is an occasion to fire. */
  public boolean firesAtEndOfWindow() {
    return shape.firesAtEndOfWindow();
  }

  /**
   * An element has come into the pane. Where windows merge, early and late firings both count it,
   * because a merge can bring the time before the end of the window back.
   */
  void onElement(GroupCell cell, OpenWindow open) {
    if (!cell.isLate() || merging) {
      cell.counted(count(shape.early(), cell.counted()));
    }
    if (cell.isLate() || merging) {
      cell.countedLate(count(shape.late(), cell.countedLate()));
    }
    FiringRule rule = rule(cell);
    if (rule != null && rule.delay() != null && cell.delayedUntil() == GroupCell.NONE) {
      long target = rule.targetMillis(clock.millis());
      cell.delayedUntil(target);
      (cell.isLate() ? late : early).add(target, cell, open);
    }
  }

  private static int count(@Nullable FiringRule rule, int before) {
    return rule != null && rule.counts() ? before + 1 : before;
  }

  private @Nullable FiringRule rule(GroupCell cell) {
    return cell.isLate() ? shape.late() : shape.early();
  }

  /** Whether the pane may fire now. */
  boolean shouldFire(GroupCell cell, OpenWindow open) {
    if (!cell.isLate() && shape.firesAtEndOfWindow() && isOver(open)) {
      return true;
    }
    FiringRule rule = rule(cell);
    if (rule == null) {
      return false;
    }
    return (rule.counts() && (cell.isLate() ? cell.countedLate() : cell.counted()) >= rule.count())
        || (cell.delayedUntil() != GroupCell.NONE && clock.millis() > cell.delayedUntil());
  }

  private boolean isOver(OpenWindow open) {
    return time.input() > open.maxMillis;
  }

  /** The pane fires; returns whether it is the last one. */
  boolean onFire(GroupCell cell, OpenWindow open) {
    cell.delayedUntil(GroupCell.NONE);
    if (cell.isLate()) {
      cell.countedLate(0);
      return false;
    }
    cell.counted(0);
    if (shape.kind() == TriggerShape.Kind.EARLY_END_OF_WINDOW_LATE && isOver(open)) {
      cell.countedLate(0);
      cell.late(true);
      return shape.late() == null;
    }
    return false;
  }

  /** Unites what is remembered of panes whose windows have merged. */
  void merge(List<? extends GroupCell> cells, GroupCell into, OpenWindow merged) {
    int counted = 0;
    int countedLate = 0;
    boolean anyLate = false;
    boolean allLate = true;
    for (GroupCell each : cells) {
      counted += each.counted();
      countedLate += each.countedLate();
      anyLate |= each.isLate();
      allLate &= each.isLate();
    }
    into.late(allLate && isOver(merged));
    into.counted(anyLate ? 0 : counted);
    into.countedLate(into.isLate() ? countedLate : 0);
  }

  /** The pane was read; {@link #restored} follows the last one. */
  void restore(GroupCell cell, OpenWindow open) {
    if (cell.delayedUntil() != GroupCell.NONE) {
      (cell.isLate() ? late : early).restore(cell.delayedUntil(), cell, open);
    }
  }

  /** Every pane was read. */
  void restored() {
    early.restored();
    late.restored();
  }

  /** When something is due next, in processing-time milliseconds. */
  public long nextMillis() {
    return Math.min(early.nextMillis(), late.nextMillis());
  }

  /** Hands over the panes that have waited long enough. */
  public void takeDue(long nowMillis, BiConsumer<GroupCell, OpenWindow> consumer) {
    early.takeDue(nowMillis, consumer);
    late.takeDue(nowMillis, consumer);
  }
}
