package io.purlin.nativerunner.window.pane;

import io.purlin.nativerunner.operator.OperatorContext;
import java.util.List;
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
 * called, and the caller has touched what the cell lives in.
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

  /** An element came for a pane that is closed. */
  public void drop() {
    droppedWhenClosed.inc();
  }

  /** Takes an element in, and fires if that is enough; drops it if the cell is closed. */
  public void add(GroupCell cell, OpenWindow open, @Nullable Object value, long timestampMillis) {
    if (cell.isClosed()) {
      drop();
      return;
    }
    holds.addElement(cell, open, timestampMillis);
    cell.hasNew(true);
    cell.content(contents.add(cell.content(), value));
    trigger.onElement(cell, open);
    fireIfReady(cell, open);
  }

  /**
   * Takes in what was kept elsewhere of a window that is now over, which is then to be fired.
   *
   * @param hold where it held the watermark, in event-time milliseconds, or {@link GroupCell#NONE}
   */
  public void enter(GroupCell cell, OpenWindow open, Object content, long hold) {
    if (cell.isClosed()) {
      return;
    }
    holds.addHold(cell, open, hold);
    cell.hasNew(true);
    Object before = cell.content();
    cell.content(before == null ? content : contents.merge(before, content));
  }

  /**
   * Emits the only pane of a key and window that has no cell: the window has expired, and nothing
   * was emitted of it.
   *
   * @param hold as for {@link #enter}
   */
  public void emitOnly(@Nullable Object key, OpenWindow open, Object content, long hold) {
    long timestamp = hold == GroupCell.NONE ? open.maxMillis : Math.min(hold, open.maxMillis);
    emitter.emit(
        key,
        contents.output(content, false),
        timestamp,
        open.alone,
        numbers.next(null, open, true));
  }

  /** Fires if the trigger says so. */
  public void fireIfReady(GroupCell cell, OpenWindow open) {
    if (cell.isClosed() || !trigger.shouldFire(cell, open)) {
      return;
    }
    boolean last = trigger.onFire(cell, open);
    emit(cell, open, last);
    cell.hasNew(false);
    if (last) {
      close(cell);
    }
  }

  /** The window has expired: emits what is left. The cell must not be used any more. */
  public void expire(GroupCell cell, OpenWindow open) {
    if (!cell.isClosed()) {
      emit(cell, open, true);
      close(cell);
    }
  }

  /** Makes what follows from a cell that was read; {@link #restored} follows the last one. */
  public void restore(GroupCell cell, OpenWindow open) {
    holds.restore(cell, open);
    trigger.restore(cell, open);
  }

  /** Every cell was read. */
  public void restored() {
    trigger.restored();
  }

  /**
   * Unites panes whose windows have merged. The cells other than {@code into} must not be used any
   * more.
   *
   * @param cells all of them, in the order of their windows
   * @param windows their windows until now
   * @param into the one of {@code cells} that has all from now on
   * @param merged its window from now on
   */
  public void merge(
      List<? extends GroupCell> cells,
      List<OpenWindow> windows,
      GroupCell into,
      OpenWindow merged) {
    Object united = null;
    boolean anyNew = false;
    for (GroupCell each : cells) {
      Object content = each.content();
      if (content != null) {
        united = united == null ? content : contents.merge(united, content);
      }
      anyNew |= each.hasNew();
      each.content(null);
    }
    holds.merge(cells, windows, into, merged);
    trigger.merge(cells, into, merged);
    into.content(united);
    into.hasNew(anyNew);
  }

  private static void close(GroupCell cell) {
    cell.close();
  }

  private void emit(GroupCell cell, OpenWindow open, boolean last) {
    long timestamp = holds.release(cell, open);
    if (!last) {
      holds.afterFiring(cell, open);
    }
    boolean keeps = accumulates && !last;
    if (cell.hasNew() || emptyOnTime || emptyLast) {
      PaneInfo pane = numbers.next(cell.lastPane(), open, last);
      if (cell.hasNew()
          || (emptyOnTime && pane.getTiming() == PaneInfo.Timing.ON_TIME)
          || (emptyLast && last)) {
        cell.lastPane(pane);
        Object output = contents.output(cell.content(), keeps);
        if (!keeps) {
          cell.content(null);
        }
        emitter.emit(cell.groupKey(), output, timestamp, open.alone, pane);
        return;
      }
    }
    Object left = cell.content();
    if (!keeps && left != null) {
      contents.drop(left);
      cell.content(null);
    }
  }
}
