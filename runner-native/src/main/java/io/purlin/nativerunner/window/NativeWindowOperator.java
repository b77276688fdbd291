package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.window.pane.CellFiring;
import io.purlin.nativerunner.window.pane.CellTrigger;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.GroupCell;
import io.purlin.nativerunner.window.pane.OpenWindow;
import io.purlin.nativerunner.window.pane.OperatorTime;
import io.purlin.nativerunner.window.pane.TriggerShape;
import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.StructuralKey;
import io.purlin.state.TableSpec;
import io.purlin.state.WindowCells;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * GroupByKey and Combine.perKey for windows that never merge and the common triggers: one probe per
 * element and window, one timer per window and not per key. Its panes are those of {@link
 * GeneralGroupingOperator}.
 *
 * <p>Owned by the task's thread. Invariant: a window is open from its first element until it
 * expires, and has cells in the table exactly as long. Output watermark = max(previous, min(input
 * watermark, holds of the panes that have not fired)).
 */
public final class NativeWindowOperator implements Operator {
  private final OperatorContext context;
  private final CurrentElement current;
  private final OperatorTime time;
  private final Lateness lateness;
  private final CellFiring firing;
  private final LiveTable<BoundedWindow, GroupCell> table;
  private final StructuralKey keys;
  private final Map<BoundedWindow, OpenWindow> windows = new HashMap<>();
  private final PriorityQueue<WindowTimer> timers =
      new PriorityQueue<>(Comparator.comparingLong(WindowTimer::millis));
  private @Nullable OpenWindow last;

  /** Something may have to be done with a window once the watermark has passed a time. */
  private record WindowTimer(long millis, OpenWindow window) {}

  /**
   * @param spec what is grouped, and how
   * @param shape its trigger
   * @param context where the operator stands
   */
  NativeWindowOperator(GroupingSpec spec, TriggerShape shape, OperatorContext context) {
    this.context = context;
    this.current = context.current();
    this.time = new OperatorTime(spec.stepName());
    this.lateness = new Lateness(spec.strategy());
    Contents contents = spec.contents(context.memory());
    this.firing =
        new CellFiring(
            spec.strategy(),
            contents,
            new CellTrigger(shape, false, time, context.clock()),
            time,
            context);
    this.table =
        new LiveTable<>(tableSpec(spec, contents, context.maxParallelism()), context.memory());
    this.keys = table.keys();
  }

  private static TableSpec<BoundedWindow, GroupCell> tableSpec(
      GroupingSpec spec, Contents contents, int maxParallelism) {
    return new TableSpec<>(
        spec.stepName() + "/groups",
        spec.keyCoder(),
        spec.anyStrategy().getWindowFn().windowCoder(),
        maxParallelism,
        new GroupCellType(spec, contents));
  }

  @Override
  public void open() {
    firing.open();
  }

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {
    if (!(value instanceof KV<?, ?> element)) {
      throw new IllegalStateException(context.stepName() + " groups pairs but was given " + value);
    }
    current.step(context.step());
    Object key = keys.tableKey(element.getKey());
    int hash = StructuralKey.hash(key);
    long timestamp = current.timestampMillis();
    for (BoundedWindow window : current.windows()) {
      OpenWindow open = openWindow(window);
      if (open != null) {
        GroupCell cell = table.window(open.window).cellAt(key, hash);
        cell.touch();
        firing.add(cell, open, element.getValue(), timestamp);
        table.relieve();
      }
    }
  }

  /** The window, opened if it was not; null if it has expired. */
  private @Nullable OpenWindow openWindow(BoundedWindow window) {
    OpenWindow found = last;
    if (found != null && (found.window == window || found.window.equals(window))) {
      return found;
    }
    found = windows.get(window);
    if (found == null) {
      if (lateness.drops(window, time.input())) {
        return null;
      }
      found = open(window);
    }
    last = found;
    return found;
  }

  private OpenWindow open(BoundedWindow window) {
    OpenWindow open = new OpenWindow(window, lateness.expiryMillis(window));
    windows.put(window, open);
    if (firing.trigger().firesAtEndOfWindow()
        && open.maxMillis < open.expiryMillis
        && open.maxMillis >= time.input()) {
      timers.add(new WindowTimer(open.maxMillis, open));
    }
    timers.add(new WindowTimer(open.expiryMillis, open));
    return open;
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    time.snapshot(sink);
    table.writeTo(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (source.part().name().equals(table.spec().name())) {
      table.readFrom(source);
      return true;
    }
    return time.restore(source);
  }

  @Override
  public void restored() {
    time.restored();
    for (BoundedWindow window : table.windows()) {
      OpenWindow open = open(window);
      table.window(window).forEach(cell -> firing.restore(cell, open));
    }
    firing.restored();
  }

  @Override
  public void finishBundle() {}

  /**
   * {@inheritDoc}
   *
   * <p>If something fires, the watermark is passed on by the call that follows the end of the
   * bundle, behind everything that the bundle emits.
   */
  @Override
  public void advanceWatermark(long inputMillis) {
    time.advanceInput(inputMillis);
    boolean fired = false;
    for (WindowTimer timer = timers.peek();
        timer != null && timer.millis() < time.input();
        timer = timers.peek()) {
      timers.remove();
      fired |= fire(timer.window());
    }
    table.relieve();
    time.advanceOutput(firing.holds().minMillis());
    if (!fired) {
      context.outputs().watermark(time.output());
    }
  }

  /** Returns whether the window was still open. */
  private boolean fire(OpenWindow open) {
    if (windows.get(open.window) != open) {
      return false;
    }
    context.bundle().begin();
    current.step(context.step());
    WindowCells<BoundedWindow, GroupCell> cells = table.window(open.window);
    if (time.input() > open.expiryMillis) {
      table.aboutToDrop(open.window);
      cells.forEach(cell -> firing.expire(cell, open));
      table.drop(open.window);
      windows.remove(open.window);
      last = null;
    } else {
      cells.forEach(cell -> fireIfReady(cell, open));
    }
    return true;
  }

  @Override
  public void advanceProcessingTime(long nowMillis) {
    firing.trigger().takeDue(nowMillis, this::fireDelayed);
    table.relieve();
  }

  private void fireDelayed(GroupCell cell, OpenWindow open) {
    context.bundle().begin();
    current.step(context.step());
    fireIfReady(cell, open);
  }

  private void fireIfReady(GroupCell cell, OpenWindow open) {
    cell.touch();
    firing.fireIfReady(cell, open);
  }

  @Override
  public long nextProcessingTimeMillis() {
    return firing.trigger().nextMillis();
  }

  /** Whether nothing is kept of any key or window. */
  boolean isEmpty() {
    return table.cellCount() == 0 && windows.isEmpty() && timers.isEmpty();
  }

  @Override
  public void close() {}
}
