package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.window.pane.Contents;
import io.purlin.nativerunner.window.pane.PaneEmitter;
import io.purlin.state.Cell;
import io.purlin.state.CellType;
import io.purlin.state.LiveTable;
import io.purlin.state.StateMemory;
import io.purlin.state.StructuralKey;
import io.purlin.state.TableSpec;
import io.purlin.state.WindowCells;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Combines the values of a bundle by key and window before they cross an exchange, and emits {@code
 * KV<K, accumulator>}.
 *
 * <p>Owned by the task's thread. Invariant: the table holds at most {@link #MOST_CELLS} cells and
 * is empty between bundles, so nothing here is state, and no watermark passes what is in it.
 * Elements that are late go through alone: combined with others they would make those late too.
 */
public final class PreCombineOperator implements Operator {
  /** Cells that the table may hold before it is flushed. */
  static final int MOST_CELLS = 8_192;

  private final OperatorContext context;
  private final CurrentElement current;
  private final Contents contents;
  private final TimestampCombiner combiner;
  private final Lateness lateness;
  private final PaneEmitter emitter;
  private final LiveTable<BoundedWindow, Partial> table;
  private int cells;
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
    this.table =
        new LiveTable<>(
            new TableSpec<>(
                spec.stepName() + "/partials",
                spec.keyCoder(),
                spec.anyStrategy().getWindowFn().windowCoder(),
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
    Object key = table.keys().tableKey(element.getKey());
    int hash = StructuralKey.hash(key);
    long timestamp = current.timestampMillis();
    for (BoundedWindow window : current.windows()) {
      if (lateness.drops(window, inputWatermark)) {
        continue;
      }
      if (isLate(window, timestamp)) {
        Object alone = contents.add(null, element.getValue());
        emit(element.getKey(), alone, timestamp, window);
      } else {
        combine(table.window(window).cellAt(key, hash), element.getValue(), timestamp);
      }
    }
    if (cells >= MOST_CELLS) {
      flush();
    }
  }

  private boolean isLate(BoundedWindow window, long timestamp) {
    return window.maxTimestamp().getMillis() < inputWatermark
        || (combiner != TimestampCombiner.END_OF_WINDOW && timestamp < inputWatermark);
  }

  private void combine(Partial cell, @Nullable Object value, long timestamp) {
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
      @Nullable Object key, @Nullable Object accumulator, long timestamp, BoundedWindow window) {
    emitter.emit(key, accumulator, timestamp, List.of(window), PaneInfo.NO_FIRING, Marks.NONE);
  }

  @Override
  public void finishBundle() {
    if (cells > 0) {
      flush();
    }
  }

  private void flush() {
    current.step(context.step());
    for (BoundedWindow window : table.windows()) {
      WindowCells<BoundedWindow, Partial> partials = table.window(window);
      partials.forEach(
          cell -> {
            Object accumulator = cell.accumulator;
            cell.accumulator = null;
            emit(cell.key(), accumulator, cell.timestampMillis, window);
          });
      table.drop(window);
    }
    cells = 0;
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    inputWatermark = inputMillis;
    // With a bundle open, the call that follows its end passes the watermark on.
    if (cells == 0) {
      context.outputs().watermark(inputMillis);
    }
  }

  @Override
  public void close() {}
}
