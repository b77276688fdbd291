package io.purlin.nativerunner.window.slice;

import io.purlin.nativerunner.element.SlidingGrid;
import io.purlin.nativerunner.element.SlidingSlice;
import io.purlin.nativerunner.window.pane.Accumulators;
import io.purlin.nativerunner.window.pane.GroupCell;
import io.purlin.nativerunner.window.pane.OperatorTime;
import io.purlin.state.LiveTable;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import io.purlin.state.StateMemory;
import io.purlin.state.TableSpec;
import io.purlin.state.WindowCells;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.jspecify.annotations.Nullable;

/**
 * What all keys of a grouping have in windows that are not over, by slice.
 *
 * <p>Owned by the task's thread. An element costs one probe. A window that is over is taken out key
 * by key, all windows of a key that are over in the order of time; a cell that has none is passed
 * over. Slices hold the watermark where their earliest element does, until their last window is
 * over; windows that are not over hold at their ends at the earliest and need no hold for that.
 */
public final class SliceTable implements Snapshottable {
  private final SlidingGrid grid;
  private final Accumulators accumulators;
  private final boolean elementsHold;
  private final OperatorTime time;
  private final LiveTable<GlobalWindow, SlicesOfKey> table;
  private final SliceHolds holds = new SliceHolds();
  private final List<@Nullable Object> emptied = new ArrayList<>();
  private long nextEndMillis = Long.MAX_VALUE;

  // Where the first window starts that was not over at a time.
  private long openAtMillis = Long.MIN_VALUE;
  private long firstOpen = Long.MIN_VALUE;

  /** Takes what a key has in a window that is over. */
  public interface Consumer {
    /**
     * What a key has in a window.
     *
     * @param windowMillis start of the window, in event-time milliseconds
     * @param content a content of its own
     * @param hold where it held the watermark, or {@link GroupCell#NONE}
     */
    void window(@Nullable Object key, long windowMillis, Object content, long hold);
  }

  /**
   * How slices are kept.
   *
   * @param grid where windows and slices lie
   * @param accumulators what is kept of values
   * @param elementsHold whether elements hold the watermark at their timestamps, and not at the
   *     ends of their windows
   */
  public record Format(SlidingGrid grid, Accumulators accumulators, boolean elementsHold) {}

  /**
   * @param like the grouping's table of windows, for name, coders and prints
   * @param memory how much may be on the heap
   */
  public SliceTable(
      Format format, TableSpec<?, GroupCell> like, OperatorTime time, StateMemory memory) {
    this.grid = format.grid();
    this.accumulators = format.accumulators();
    this.elementsHold = format.elementsHold();
    this.time = time;
    this.table =
        new LiveTable<>(
            new TableSpec<>(
                like.name() + "/slices",
                like.keyCoder(),
                GlobalWindow.Coder.INSTANCE,
                like.maxParallelism(),
                new SlicesType(accumulators, like.type().prints())),
            memory);
  }

  /** Where windows and slices lie. */
  public SlidingGrid grid() {
    return grid;
  }

  /** What there is of all keys: to look ahead, not to be changed. */
  public WindowCells<?, ?> cells() {
    return table.window(GlobalWindow.INSTANCE);
  }

  /** Whether one of the slice's windows is not over. */
  public boolean isOpen(SlidingSlice slice) {
    return slice.lastMaxMillis() >= time.input();
  }

  /** The windows of the slice that are over. */
  public Collection<BoundedWindow> over(SlidingSlice slice) {
    long input = time.input();
    return slice.firstMaxMillis() >= input
        ? List.of()
        : slice.stream().filter(each -> each.maxTimestamp().getMillis() < input).toList();
  }

  /**
   * Adds an element to those of its windows that are not over, of which there must be one.
   *
   * @param key from {@link io.purlin.state.keys.StructuralKey#tableKey} of the grouping's key coder
   * @param hash its hash
   */
  public void add(
      SlidingSlice slice, Object key, int hash, @Nullable Object value, long timestampMillis) {
    SlicesOfKey cell = table.window(GlobalWindow.INSTANCE).cellAt(key, hash);
    cell.touch();
    long start = slice.startMillis();
    boolean holding = elementsHold && timestampMillis >= time.output();
    cell.raiseNextWindow(firstOpen());
    cell.add(start, value, holding ? timestampMillis : SlicesOfKey.NO_HOLD, accumulators);
    if (holding) {
      holds.add(start, timestampMillis);
    }
    if (cell.firstSlice() == start) {
      // Else the key's next window is the one it was.
      nextEndMillis = Math.min(nextEndMillis, nextEnd(cell));
    }
    table.relieve();
  }

  private long firstOpen() {
    long input = time.input();
    if (openAtMillis != input) {
      openAtMillis = input;
      firstOpen = grid.firstWindowEndingAfter(input);
    }
    return firstOpen;
  }

  private long nextWindow(SlicesOfKey cell) {
    return Math.max(cell.nextWindow(), grid.firstWindowEndingAfter(cell.firstSlice()));
  }

  private long nextEnd(SlicesOfKey cell) {
    return grid.maxMillis(nextWindow(cell));
  }

  /** Takes out all windows that are over, by the operator's input time. */
  public void takeOver(Consumer consumer) {
    if (nextEndMillis >= time.input()) {
      return;
    }
    nextEndMillis = Long.MAX_VALUE;
    WindowCells<GlobalWindow, SlicesOfKey> cells = table.window(GlobalWindow.INSTANCE);
    cells.forEach(cell -> takeOver(cell, consumer));
    if (emptied.size() == cells.size()) {
      table.drop(GlobalWindow.INSTANCE);
    } else {
      for (Object key : emptied) {
        remove(key);
      }
    }
    emptied.clear();
    long input = time.input();
    holds.removeIf(slice -> grid.maxMillis(grid.lastWindowStartingBy(slice)) < input);
    table.relieve();
  }

  private void remove(@Nullable Object key) {
    SlicesOfKey cell = table.window(GlobalWindow.INSTANCE).find(key);
    if (cell == null) {
      throw new IllegalStateException("a cell without slices is gone");
    }
    cell.remove();
  }

  private void takeOver(SlicesOfKey cell, Consumer consumer) {
    long input = time.input();
    long window = nextWindow(cell);
    if (grid.maxMillis(window) >= input) {
      nextEndMillis = Math.min(nextEndMillis, grid.maxMillis(window));
      return;
    }
    cell.touch();
    while (grid.maxMillis(window) < input) {
      cell.nextWindow(window, accumulators);
      Object content = cell.window(window + grid.sizeMillis(), accumulators);
      if (content != null) {
        long hold = elementsHold ? cell.windowHold() : grid.maxMillis(window);
        consumer.window(
            cell.key(), window, content, hold == SlicesOfKey.NO_HOLD ? GroupCell.NONE : hold);
      }
      cell.nextWindow(window + grid.periodMillis(), accumulators);
      if (cell.isEmpty()) {
        emptied.add(cell.key());
        return;
      }
      window = nextWindow(cell);
    }
    nextEndMillis = Math.min(nextEndMillis, grid.maxMillis(window));
  }

  /** The earliest time at which slices hold the watermark. */
  public long holdMillis() {
    return holds.minMillis();
  }

  /** Whether nothing is kept of any key. */
  public boolean isEmpty() {
    return table.cellCount() == 0;
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    table.writeTo(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (!source.part().name().equals(table.spec().name())) {
      return false;
    }
    table.readFrom(source);
    return true;
  }

  @Override
  public void restored() {
    table.forEach(
        cell -> {
          cell.forEachHold(holds::add);
          nextEndMillis = Math.min(nextEndMillis, nextEnd(cell));
        });
  }
}
