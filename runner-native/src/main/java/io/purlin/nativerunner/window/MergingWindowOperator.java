package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.window.merging.ActiveWindow;
import io.purlin.nativerunner.window.merging.WindowMerging;
import io.purlin.nativerunner.window.merging.WindowsOfKey;
import io.purlin.nativerunner.window.merging.WindowsOfKeyType;
import io.purlin.nativerunner.window.pane.CellFiring;
import io.purlin.nativerunner.window.pane.CellTrigger;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.OpenWindow;
import io.purlin.nativerunner.window.pane.OperatorTime;
import io.purlin.nativerunner.window.pane.TriggerShape;
import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.TableSpec;
import io.purlin.state.keys.CoderPrint;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * GroupByKey and Combine.perKey for windows that merge, as sessions and those of users' functions
 * do, and the common triggers without processing time. Its panes are those of {@link
 * GeneralGroupingOperator}, but where a function makes another window of a single new one: there
 * Beam's triggers take the end of the window for past.
 *
 * <p>Owned by the task's thread. One probe per element finds the key's windows. Each window has one
 * timer in the queue, at or before the next time at which something happens to it: one that has
 * grown is queued again when its old time comes. Output watermark = max(previous, min(input
 * watermark, holds of the panes that have not fired)).
 */
public final class MergingWindowOperator implements Operator {
  private final OperatorContext context;
  private final CurrentElement current;
  private final OperatorTime time;
  private final Lateness lateness;
  private final WindowMerging merging;
  private final CellFiring firing;
  private final LiveTable<BoundedWindow, WindowsOfKey> table;
  private final PriorityQueue<WindowTimer> timers =
      new PriorityQueue<>(Comparator.comparingLong(WindowTimer::millis));

  /** Something may have to be done with a window once the watermark has passed a time. */
  private record WindowTimer(long millis, ActiveWindow window) {}

  /**
   * @param spec what is grouped, and how
   * @param shape its trigger
   * @param context where the operator stands
   */
  MergingWindowOperator(GroupingSpec spec, TriggerShape shape, OperatorContext context) {
    this.context = context;
    this.current = context.current();
    this.time = new OperatorTime(spec.stepName());
    this.lateness = new Lateness(spec.strategy());
    this.merging = WindowMerging.of(spec.anyStrategy().getWindowFn());
    Contents contents = spec.contents(context.memory());
    this.firing =
        new CellFiring(
            spec.strategy(),
            contents,
            new CellTrigger(shape, true, time, context.clock()),
            time,
            context);
    this.table = new LiveTable<>(tableSpec(spec, contents, lateness, context.maxParallelism()));
  }

  private static TableSpec<BoundedWindow, WindowsOfKey> tableSpec(
      GroupingSpec spec, Contents contents, Lateness lateness, int maxParallelism) {
    return new TableSpec<>(
        spec.stepName() + "/sessions",
        spec.keyCoder(),
        GlobalWindow.Coder.INSTANCE,
        maxParallelism,
        new WindowsOfKeyType(
            contents.stored(),
            spec.anyStrategy().getWindowFn().windowCoder(),
            lateness::expiryMillis,
            Map.of(
                "coder",
                CoderPrint.of(spec.contentCoder()),
                "windowing",
                WindowingPrint.ofPanes(spec.strategy()))));
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
    long timestamp = current.timestampMillis();
    for (BoundedWindow window : current.windows()) {
      if (lateness.drops(window, time.input())) {
        continue;
      }
      WindowsOfKey windows = table.cell(GlobalWindow.INSTANCE, element.getKey());
      windows.touch();
      ActiveWindow active = windowFor(windows, window);
      if (active == null) {
        firing.drop();
        windows.removeIfEmpty();
      } else {
        add(active, element.getValue(), timestamp);
      }
    }
  }

  /** The active window that an element with a window belongs to; null if that one is closed. */
  private @Nullable ActiveWindow windowFor(WindowsOfKey windows, BoundedWindow window) {
    ActiveWindow found = null;
    BoundedWindow wanted = window;
    for (WindowMerging.Union union : merging.unions(windows.active(), window)) {
      if (union.active().isEmpty()) {
        // The window stands alone, but is to be another.
        wanted = union.result();
      } else {
        ActiveWindow into = unite(windows, union, window);
        found = union.takesNew() ? into : found;
      }
    }
    if (found != null) {
      return found;
    }
    return windows.closedAt(wanted) != null ? null : start(windows, wanted);
  }

  private ActiveWindow start(WindowsOfKey windows, BoundedWindow window) {
    ActiveWindow active =
        new ActiveWindow(windows, new OpenWindow(window, lateness.expiryMillis(window)));
    windows.add(active, merging);
    return active;
  }

  private ActiveWindow unite(
      WindowsOfKey windows, WindowMerging.Union union, BoundedWindow window) {
    List<ActiveWindow> united = union.active();
    BoundedWindow result = union.result();
    ActiveWindow into = united.get(0);
    List<OpenWindow> before = new ArrayList<>(united.size());
    for (ActiveWindow each : united) {
      before.add(each.open);
      if (each.open.window.equals(result)) {
        into = each;
      }
    }
    boolean changes = !into.open.window.equals(result);
    if (!changes && united.size() == 1 && result.equals(window)) {
      return into;
    }
    if (changes) {
      ActiveWindow closed = windows.closedAt(result);
      if (closed != null) {
        windows.remove(closed);
      }
      into.open = new OpenWindow(result, lateness.expiryMillis(result));
      into.awaitsEnd = false;
      into.forgetPanes();
    }
    firing.merge(united, before, into, into.open);
    for (ActiveWindow each : united) {
      if (each != into) {
        windows.remove(each);
      }
    }
    if (!union.takesNew()) {
      awaitEnd(into);
      queue(into);
    }
    return into;
  }

  private void add(ActiveWindow active, @Nullable Object value, long timestamp) {
    awaitEnd(active);
    firing.add(active, active.open, value, timestamp);
    settle(active);
    queue(active);
  }

  private void awaitEnd(ActiveWindow active) {
    if (firing.trigger().firesAtEndOfWindow() && active.open.maxMillis >= time.input()) {
      active.awaitsEnd = true;
    }
  }

  /** Sees to it that the window's timer does not come too late; it may come too early. */
  private void queue(ActiveWindow active) {
    long next = active.awaitsEnd ? active.open.maxMillis : active.open.expiryMillis;
    if (next < active.queuedMillis) {
      active.queuedMillis = next;
      timers.add(new WindowTimer(next, active));
    }
  }

  /** After something may have fired. */
  private static void settle(ActiveWindow active) {
    if (active.isClosed() && !active.gone) {
      active.awaitsEnd = false;
      active.siblings.close(active);
    }
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    time.advanceInput(inputMillis);
    for (WindowTimer timer = timers.peek();
        timer != null && timer.millis() < time.input();
        timer = timers.peek()) {
      timers.remove();
      ActiveWindow active = timer.window();
      if (!active.gone && active.queuedMillis == timer.millis()) {
        active.queuedMillis = Long.MAX_VALUE;
        fire(active);
      }
    }
    time.advanceOutput(firing.holds().minMillis());
    context.outputs().watermark(time.output());
  }

  private void fire(ActiveWindow active) {
    boolean expires = active.open.expiryMillis < time.input();
    boolean ends = active.awaitsEnd && active.open.maxMillis < time.input();
    if (expires || ends) {
      context.bundle().begin();
      current.step(context.step());
      active.siblings.touch();
    }
    if (expires) {
      firing.expire(active, active.open);
      active.siblings.remove(active);
      return;
    }
    if (ends) {
      active.awaitsEnd = false;
      firing.fireIfReady(active, active.open);
      settle(active);
    }
    queue(active);
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
    table.forEach(
        windows ->
            windows.forEach(
                active -> {
                  firing.restore(active, active.open);
                  queue(active);
                }));
    firing.restored();
  }

  /** Whether nothing is kept of any key. */
  boolean isEmpty() {
    return table.cellCount() == 0 && timers.isEmpty();
  }

  @Override
  public void close() {}
}
