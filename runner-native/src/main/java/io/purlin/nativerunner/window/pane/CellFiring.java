package io.purlin.nativerunner.window.pane;

import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.operator.OperatorContext;
import org.apache.beam.runners.core.ReduceFnRunner;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.apache.beam.sdk.values.WindowingStrategy.AccumulationMode;
import org.jspecify.annotations.Nullable;

/**
 * What happens to the cell of a key and window: elements come in, it fires, it expires.
 *
 * <p>Owned by the task's thread; lives as long as its operator. A bundle is open whenever this is
 * called.
 */
public final class CellFiring {
  private final Counter droppedWhenClosed =
      Metrics.counter(ReduceFnRunner.class, ReduceFnRunner.DROPPED_DUE_TO_CLOSED_WINDOW);
  private final boolean accumulates;
  private final boolean emptyOnTime;
  private final boolean emptyLast;
  private final Contents contents;
  private final CellTrigger trigger;
  private final PaneHolds holds;
  private final PaneNumbers numbers;
  private final PaneEmitter emitter;

  /**
   * @param strategy the windowing of the input
   * @param contents what is kept of values
   * @param trigger when panes fire
   * @param time the operator's event time
   * @param context where the operator stands
   */
  public CellFiring(
      WindowingStrategy<?, ?> strategy,
      Contents contents,
      CellTrigger trigger,
      OperatorTime time,
      OperatorContext context) {
    this.accumulates = strategy.getMode() != AccumulationMode.DISCARDING_FIRED_PANES;
    this.emptyOnTime = strategy.getOnTimeBehavior() == OnTimeBehavior.FIRE_ALWAYS;
    this.emptyLast = strategy.getClosingBehavior() == ClosingBehavior.FIRE_ALWAYS;
    this.contents = contents;
    this.trigger = trigger;
    this.holds = new PaneHolds(strategy, time);
    this.numbers = new PaneNumbers(time);
    this.emitter = new PaneEmitter(context);
  }

  /** Before anything else. */
  public void open() {
    emitter.open();
  }

  /** The trigger. */
  public CellTrigger trigger() {
    return trigger;
  }

  /** The holds of all panes. */
  public PaneHolds holds() {
    return holds;
  }

  /** Takes an element in, and fires if that is enough. */
  public void add(GroupCell cell, OpenWindow open, @Nullable Object value, long timestampMillis) {
    if (cell.closed) {
      droppedWhenClosed.inc();
      return;
    }
    cell.touch();
    holds.addElement(cell, open, timestampMillis);
    cell.hasNew = true;
    cell.content = contents.add(cell.content, value);
    trigger.onElement(cell, open);
    fireIfReady(cell, open);
  }

  /** Fires if the trigger says so. */
  public void fireIfReady(GroupCell cell, OpenWindow open) {
    if (cell.closed || !trigger.shouldFire(cell, open)) {
      return;
    }
    cell.touch();
    boolean last = trigger.onFire(cell, open);
    emit(cell, open, last);
    cell.hasNew = false;
    if (last) {
      close(cell);
    }
  }

  /** The window has expired: emits what is left. The cell must not be used any more. */
  public void expire(GroupCell cell, OpenWindow open) {
    if (!cell.closed) {
      emit(cell, open, true);
      close(cell);
    }
  }

  private static void close(GroupCell cell) {
    cell.closed = true;
    cell.content = null;
    cell.lastPane = null;
    cell.delayedUntil = GroupCell.NONE;
  }

  private void emit(GroupCell cell, OpenWindow open, boolean last) {
    long timestamp = holds.release(cell, open);
    if (!last) {
      holds.afterFiring(cell, open);
    }
    boolean keeps = accumulates && !last;
    if (cell.hasNew || emptyOnTime || emptyLast) {
      PaneInfo pane = numbers.next(cell.lastPane, open, last);
      if (cell.hasNew
          || (emptyOnTime && pane.getTiming() == PaneInfo.Timing.ON_TIME)
          || (emptyLast && last)) {
        cell.lastPane = pane;
        Object output = contents.output(cell.content, keeps);
        dropUnless(keeps, cell);
        emitter.emit(cell.key(), output, timestamp, open.alone, pane, Marks.NONE);
        return;
      }
    }
    dropUnless(keeps, cell);
  }

  private static void dropUnless(boolean keeps, GroupCell cell) {
    if (!keeps) {
      cell.content = null;
    }
  }
}
