package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.SlidingGrid;
import io.purlin.nativerunner.element.SlidingSlice;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.window.pane.Accumulators;
import io.purlin.nativerunner.window.pane.CellFiring;
import io.purlin.nativerunner.window.pane.CellTrigger;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.GroupCell;
import io.purlin.nativerunner.window.pane.OpenWindow;
import io.purlin.nativerunner.window.pane.OperatorTime;
import io.purlin.nativerunner.window.pane.TriggerShape;
import io.purlin.nativerunner.window.slice.SliceTable;
import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.TableSpec;
import io.purlin.state.WindowCells;
import io.purlin.state.keys.StructuralKey;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * GroupByKey and Combine.perKey for windows that never merge and the common triggers: one probe per
 * element and window, one timer per window and not per key. Its panes are those of {@link
 * GeneralGroupingOperator}.
 *
 * <p>Sliding windows that fire at their ends alone are combined by slices as long as they are not
 * over: one probe per element. What a key has in a window moves into a cell when the window ends,
 * unless it expires then: late elements find a cell like any other. Elements that are in some
 * windows of a slice only are kept by window from the start.
 *
 * <p>Owned by the task's thread. Invariant: a window is open from its first element until it
 * expires, and has cells in the table exactly as long. Output watermark = max(previous, min(input
 * watermark, holds of the panes that have not fired)).
 */
public final class NativeWindowOperator implements Operator {
  /** A power of two. Windows that are over at the same time are more than one after a pause. */
  private static final int ENDED_PLACES = 64;

  private final OperatorContext context;
  private final CurrentElement current;
  private final OperatorTime time;
  private final Lateness lateness;
  private final CellFiring firing;
  private final LiveTable<BoundedWindow, GroupCell> table;
  private final StructuralKey keys;
  private final CellsAhead ahead;
  private final Map<BoundedWindow, OpenWindow> windows = new HashMap<>();
  private final PriorityQueue<WindowTimer> timers =
      new PriorityQueue<>((one, other) -> Long.compare(one.millis(), other.millis()));
  private @Nullable OpenWindow last;
  private final @Nullable SliceTable slices;

  /** Those that are over at the same time, each at its place among as many that follow it. */
  private @Nullable Ended[] ended = new @Nullable Ended[ENDED_PLACES];

  /** Something may have to be done with a window once the watermark has passed a time. */
  private record WindowTimer(long millis, OpenWindow window) {}

  /**
   * A window that was kept by slices and is over.
   *
   * @param startMillis where it starts
   * @param open the window
   * @param kept whether it has cells, or may have some
   */
  private record Ended(long startMillis, OpenWindow open, boolean kept) {}

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
    this.ahead = new CellsAhead(keys, this::likely);
    SlidingGrid grid = spec.slices();
    this.slices =
        grid == null || !(contents instanceof Accumulators accumulators)
            ? null
            : new SliceTable(
                new SliceTable.Format(
                    grid,
                    accumulators,
                    spec.strategy().getTimestampCombiner() == TimestampCombiner.EARLIEST),
                table.spec(),
                time,
                context.memory());
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
  public CellsAhead ahead() {
    return ahead;
  }

  /** The cells that will most likely be looked at next; null: unknown. */
  private @Nullable WindowCells<?, ?> likely() {
    if (slices != null) {
      return slices.cells();
    }
    return last == null ? null : table.window(last.window);
  }

  @Override
  public void receive(@Nullable Object value) {
    if (!(value instanceof KV<?, ?> element)) {
      throw new IllegalStateException(context.stepName() + " groups pairs but was given " + value);
    }
    current.step(context.step());
    Object key = keys.tableKey(element.getKey());
    int hash = StructuralKey.hash(key);
    long timestamp = current.timestampMillis();
    Collection<? extends BoundedWindow> windows = current.windows();
    if (slices != null) {
      SlidingSlice slice = slices.grid().slice(windows);
      if (slice != null && slices.isOpen(slice)) {
        slices.add(slice, key, hash, element.getValue(), timestamp);
        windows = slices.over(slice);
      }
    }
    for (BoundedWindow window : windows) {
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
    if (slices != null) {
      slices.snapshot(sink);
    }
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (source.part().name().equals(table.spec().name())) {
      table.readFrom(source);
      return true;
    }
    return time.restore(source) || (slices != null && slices.restore(source));
  }

  @Override
  public void restored() {
    time.restored();
    for (BoundedWindow window : table.windows()) {
      OpenWindow open = open(window);
      table.window(window).forEach(cell -> firing.restore(cell, open));
    }
    firing.restored();
    if (slices != null) {
      slices.restored();
    }
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    time.advanceInput(inputMillis);
    if (slices != null) {
      ended = new @Nullable Ended[ENDED_PLACES];
      SlidingGrid grid = slices.grid();
      slices.takeOver(
          (key, start, content, hold) -> slicesEnd(key, endedWindow(grid, start), content, hold));
    }
    for (WindowTimer timer = timers.peek();
        timer != null && timer.millis() < time.input();
        timer = timers.peek()) {
      timers.remove();
      fire(timer.window());
    }
    table.relieve();
    long hold = firing.holds().minMillis();
    time.advanceOutput(slices == null ? hold : Math.min(hold, slices.holdMillis()));
    context.outputs().watermark(time.output());
  }

  /** A window that was kept by slices is over. */
  private void slicesEnd(@Nullable Object key, Ended over, Object content, long hold) {
    context.bundle().begin();
    current.step(context.step());
    OpenWindow open = over.open;
    if (!over.kept) {
      firing.emitOnly(key, open, content, hold);
      return;
    }
    GroupCell cell = table.window(open.window).cell(key);
    cell.touch();
    firing.enter(cell, open, content, hold);
    if (open.expiryMillis >= time.input()) {
      firing.fireIfReady(cell, open);
    }
  }

  /** The window; opened, if it was not and has not expired. As long as time stands it stays so. */
  private Ended endedWindow(SlidingGrid grid, long startMillis) {
    int place = (int) Math.floorDiv(startMillis, grid.periodMillis()) & (ENDED_PLACES - 1);
    Ended found = ended[place];
    if (found == null || found.startMillis != startMillis) {
      found = endedWindow(grid.window(startMillis));
      ended[place] = found;
    }
    return found;
  }

  private Ended endedWindow(IntervalWindow window) {
    long start = window.start().getMillis();
    OpenWindow open = windows.get(window);
    if (open != null) {
      return new Ended(start, open, true);
    }
    long expiry = lateness.expiryMillis(window);
    return expiry < time.input()
        ? new Ended(start, new OpenWindow(window, expiry), false)
        : new Ended(start, open(window), true);
  }

  private void fire(OpenWindow open) {
    if (windows.get(open.window) != open) {
      return;
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
    return table.cellCount() == 0
        && windows.isEmpty()
        && timers.isEmpty()
        && (slices == null || slices.isEmpty());
  }

  @Override
  public void close() {}
}
