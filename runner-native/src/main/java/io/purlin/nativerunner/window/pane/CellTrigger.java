package io.purlin.nativerunner.window.pane;

import io.purlin.nativerunner.time.Clock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Runs a trigger on cells. What it remembers of a pane is in the pane's cell; here are only the
 * panes that wait for processing time. Owned by the task's thread; lives as long as its operator.
 */
public final class CellTrigger {
  private final TriggerShape shape;
  private final OperatorTime time;
  private final Clock clock;
  private final Delays early = new Delays();
  private final Delays late = new Delays();

  /**
   * @param shape the trigger
   * @param time the operator's event time
   * @param clock processing time
   */
  public CellTrigger(TriggerShape shape, OperatorTime time, Clock clock) {
    this.shape = shape;
    this.time = time;
    this.clock = clock;
  }

  /** Whether the end of the window is an occasion to fire. */
  public boolean firesAtEndOfWindow() {
    return shape.firesAtEndOfWindow();
  }

  /** An element has come into the pane. */
  void onElement(GroupCell cell, OpenWindow open) {
    FiringRule rule = rule(cell);
    if (rule == null) {
      return;
    }
    if (rule.counts()) {
      cell.counted++;
    }
    if (rule.delay() != null && cell.delayedUntil == GroupCell.NONE) {
      cell.delayedUntil = rule.targetMillis(clock.millis());
      (cell.late ? late : early).add(cell.delayedUntil, cell, open);
    }
  }

  private @Nullable FiringRule rule(GroupCell cell) {
    return cell.late ? shape.late() : shape.early();
  }

  /** Whether the pane may fire now. */
  boolean shouldFire(GroupCell cell, OpenWindow open) {
    if (!cell.late && shape.firesAtEndOfWindow() && time.input() > open.maxMillis) {
      return true;
    }
    FiringRule rule = rule(cell);
    if (rule == null) {
      return false;
    }
    return (rule.counts() && cell.counted >= rule.count())
        || (cell.delayedUntil != GroupCell.NONE && clock.millis() > cell.delayedUntil);
  }

  /** The pane fires; returns whether it is the last one. */
  boolean onFire(GroupCell cell, OpenWindow open) {
    cell.counted = 0;
    cell.delayedUntil = GroupCell.NONE;
    if (shape.kind() == TriggerShape.Kind.EARLY_END_OF_WINDOW_LATE
        && !cell.late
        && time.input() > open.maxMillis) {
      cell.late = true;
      return shape.late() == null;
    }
    return false;
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
