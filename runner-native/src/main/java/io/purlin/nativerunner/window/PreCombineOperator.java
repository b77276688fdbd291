package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.SlidingGrid;
import io.purlin.nativerunner.element.SlidingSlice;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.PaneEmitter;
import io.purlin.state.Cell;
import io.purlin.state.CellType;
import io.purlin.state.LiveTable;
import io.purlin.state.StateMemory;
import io.purlin.state.TableSpec;
import io.purlin.state.WindowCells;
import io.purlin.state.keys.StructuralKey;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.coders.VoidCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Combines the values of a bundle by key and window, or by key and slice of sliding windows, before
 * they cross an exchange, and emits {@code KV<K, accumulator>}.
 *
 * <p>Where hardly two values of a key and window come together, a table costs more than it saves:
 * then elements go through alone for a while, each as an accumulator of its own, before it is tried
 * again.
 *
 * <p>Owned by the task's thread. Invariant: the table holds at most {@link #MOST_CELLS} cells and
 * is empty between bundles, so nothing here is state, and no watermark passes what is in it.
 * Elements that are late go through alone: combined with others they would make those late too.
 */
public final class PreCombineOperator implements Operator {
  /** Cells that the table may hold before it is flushed. */
  static final int MOST_CELLS = 8_192;

  /** Values after which it is asked whether combining them was worth it. */
  static final int TRIAL = 2 * MOST_CELLS;

  /** Elements that go through alone when it was not. */
  static final int ALONE = 16 * TRIAL;

  private final OperatorContext context;
  private final CurrentElement current;
  private final Contents contents;
  private final TimestampCombiner combiner;
  private final Lateness lateness;
  private final PaneEmitter emitter;
  private final @Nullable SlidingGrid grid;
  private final LiveTable<Object, Partial> table;
  private int cells;
  private int triedValues;
  private int triedCells;
  private int leftAlone;
  private long inputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /** What the values of a key and window have been combined to. */
  private static final class Partial extends Cell {
    private @Nullable Object accumulator;
    private long timestampMillis;
  }

  PreCombineOperator(GroupingSpec spec, OperatorContext context) {
    this.context = context;
    this.current = context.current();
    this.contents = spec.contents(StateMemory.unlimited());
    this.combiner = spec.strategy().getTimestampCombiner();
    this.lateness = new Lateness(spec.strategy());
    this.emitter = new PaneEmitter(context);
    this.grid = spec.slices();
    this.table =
        new LiveTable<>(
            new TableSpec<>(
                spec.stepName() + "/partials",
                spec.keyCoder(),
                // Windows and slices, which are never written.
                VoidCoder.of(),
                context.maxParallelism(),
                CellType.unstored(Partial::new)));
  }

  @Override
  public void open() {
    emitter.open();
  }

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {
    if (!(value instanceof KV<?, ?> element)) {
      throw new IllegalStateException(
          context.stepName() + " combines pairs but was given " + value);
    }
    current.step(context.step());
    long timestamp = current.timestampMillis();
    Collection<? extends BoundedWindow> windows = current.windows();
    SlidingSlice slice = grid == null ? null : grid.slice(windows);
    if (grid != null && slice != null && isLate(firstEnd(grid, slice), timestamp)) {
      slice = null;
    }
    if (leftAlone > 0) {
      leftAlone--;
      if (slice != null) {
        emitAlone(element, timestamp, slice);
      } else {
        emitByWindow(element, timestamp, windows);
      }
      return;
    }
    Object key = table.keys().tableKey(element.getKey());
    int hash = StructuralKey.hash(key);
    if (slice != null) {
      combine(table.window(slice).cellAt(key, hash), element.getValue(), timestamp);
    } else {
      combineByWindow(element, key, hash, timestamp);
    }
    if (cells >= MOST_CELLS) {
      flush();
    }
    if (triedValues >= TRIAL) {
      judge();
    }
  }

  /** Less than five values for four cells: the cells were not worth it. */
  private void judge() {
    flush();
    if (4L * triedValues < 5L * triedCells) {
      leftAlone = ALONE;
    }
    triedValues = 0;
    triedCells = 0;
  }

  private static long firstEnd(SlidingGrid grid, SlidingSlice slice) {
    return grid.maxMillis(grid.firstWindowEndingAfter(slice.startMillis()));
  }

  private void combineByWindow(KV<?, ?> element, Object key, int hash, long timestamp) {
    for (BoundedWindow window : current.windows()) {
      if (lateness.drops(window, inputWatermark)) {
        continue;
      }
      if (isLate(window.maxTimestamp().getMillis(), timestamp)) {
        emitAlone(element, timestamp, List.of(window));
      } else {
        combine(table.window(window).cellAt(key, hash), element.getValue(), timestamp);
      }
    }
  }

  private void emitByWindow(
      KV<?, ?> element, long timestamp, Collection<? extends BoundedWindow> windows) {
    boolean one = windows.size() == 1;
    for (BoundedWindow window : windows) {
      if (!lateness.drops(window, inputWatermark)) {
        // The collection itself is that of many elements, which a batch keeps once.
        emitAlone(element, timestamp, one ? windows : List.of(window));
      }
    }
  }

  private void emitAlone(
      KV<?, ?> element, long timestamp, Collection<? extends BoundedWindow> windows) {
    emit(element.getKey(), contents.add(null, element.getValue()), timestamp, windows);
  }

  private boolean isLate(long windowMax, long timestamp) {
    return windowMax < inputWatermark
        || (combiner != TimestampCombiner.END_OF_WINDOW && timestamp < inputWatermark);
  }

  private void combine(Partial cell, @Nullable Object value, long timestamp) {
    triedValues++;
    if (cell.accumulator == null) {
      cells++;
      cell.timestampMillis = timestamp;
    } else if (combiner == TimestampCombiner.LATEST) {
      cell.timestampMillis = Math.max(cell.timestampMillis, timestamp);
    } else {
      cell.timestampMillis = Math.min(cell.timestampMillis, timestamp);
    }
    cell.accumulator = contents.add(cell.accumulator, value);
  }

  private void emit(
      @Nullable Object key,
      @Nullable Object accumulator,
      long timestamp,
      Collection<? extends BoundedWindow> windows) {
    emitter.emit(key, accumulator, timestamp, windows, PaneInfo.NO_FIRING);
  }

  @Override
  public void finishBundle() {
    if (cells > 0) {
      flush();
    }
  }

  private void flush() {
    current.step(context.step());
    for (Object window : table.windows()) {
      Collection<? extends BoundedWindow> windows =
          window instanceof SlidingSlice slice ? slice : List.of((BoundedWindow) window);
      WindowCells<Object, Partial> partials = table.window(window);
      partials.forEach(
          cell -> {
            Object accumulator = cell.accumulator;
            cell.accumulator = null;
            emit(cell.key(), accumulator, cell.timestampMillis, windows);
          });
      table.drop(window);
    }
    triedCells += cells;
    cells = 0;
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    inputWatermark = inputMillis;
    context.outputs().watermark(inputMillis);
  }

  @Override
  public void close() {}
}
