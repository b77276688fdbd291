package io.purlin.state;

import io.purlin.state.cold.ColdStore;
import io.purlin.state.keys.CoderPrint;
import io.purlin.state.keys.KeyGroups;
import io.purlin.state.keys.StructuralKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * One named state cell of one step, for all windows and keys of a task: live objects, found by
 * window and then by key. Where memory is limited, cells that were not used lately are put away and
 * come back when they are asked for; whoever asks cannot tell.
 *
 * <p>Owned by its task's thread; lives as long as the task. Invariant: a window is listed exactly
 * as long as it has cells. The last window is remembered, because elements come window by window.
 *
 * @param <W> window or namespace
 * @param <C> the class of the cells
 */
public final class LiveTable<W, C extends Cell> {
  /** All of them are named at the barrier at which a fold begins. */
  private static final int MOST_COPIED_WINDOWS = 10_000;

  private final TableSpec<W, C> spec;
  private final StateMemory memory;
  private final StructuralKey keys;
  private final KeyGroups groups;
  private final Map<W, WindowCells<W, C>> windows = new HashMap<>();
  private final TableChanges<W, C> changes = new TableChanges<>(this);
  private final @Nullable ColdCells<W, C> cold;
  private @Nullable WindowCells<W, C> last;

  /** Of a window that was dropped: the next one has as many cells, more often than not. */
  private @Nullable CellSlots spareSlots;

  private @Nullable Adoption<W, C> adoption;
  private @Nullable PartSpec part;

  /** An empty table whose cells are all live. */
  public LiveTable(TableSpec<W, C> spec) {
    this(spec, StateMemory.unlimited());
  }

  /**
   * An empty table.
   *
   * @param memory how much of it may be on the heap
   */
  public LiveTable(TableSpec<W, C> spec, StateMemory memory) {
    this.spec = spec;
    this.memory = memory;
    this.keys = StructuralKey.of(spec.keyCoder());
    this.groups = new KeyGroups(spec.keyCoder(), spec.maxParallelism());
    ColdStore store = memory.cold();
    this.cold = store == null ? null : new ColdCells<>(this, groups, memory, store);
  }

  /** What the table was made from. */
  public TableSpec<W, C> spec() {
    return spec;
  }

  /** Where its cells are counted. */
  StateMemory memory() {
    return memory;
  }

  /** The form that keys take in this table. */
  public StructuralKey keys() {
    return keys;
  }

  /**
   * The cells of a window, to look up or to add. To be used before the next call for another
   * window, not to be kept: once the window is empty the table forgets it.
   */
  public WindowCells<W, C> window(W window) {
    WindowCells<W, C> found = last;
    if (found == null || (found.window() != window && !found.window().equals(window))) {
      found = windows.get(window);
      if (found == null) {
        found = new WindowCells<>(this, window, cold);
      }
      last = found;
    }
    return found;
  }

  /** The cells of a window; null when it has none. */
  public @Nullable WindowCells<W, C> windowIfAny(W window) {
    WindowCells<W, C> found = last;
    if (found == null || !found.window().equals(window)) {
      found = windows.get(window);
    }
    return found == null || found.size() == 0 ? null : found;
  }

  /** The cells of a window that is listed, even if their number is not known. */
  @Nullable WindowCells<W, C> windowIfListed(W window) {
    return windows.get(window);
  }

  /** The cell of a key in a window; made when there is none. */
  public C cell(W window, @Nullable Object key) {
    return window(window).cell(key);
  }

  /** The windows that have cells, in no particular order; does not follow later changes. */
  public List<W> windows() {
    return new ArrayList<>(windows.keySet());
  }

  /** Number of windows that have cells. */
  public int windowCount() {
    return windows.size();
  }

  /** Number of cells, live or not. */
  public long cellCount() {
    long count = 0;
    for (WindowCells<W, C> each : windows.values()) {
      count += each.size();
    }
    return count;
  }

  /** Visits every cell of every window; the visitor must not add or remove any. */
  public void forEach(Consumer<? super C> visitor) {
    for (WindowCells<W, C> each : windows.values()) {
      each.forEach(visitor);
    }
  }

  /** The key group of a cell. */
  public int keyGroup(C cell) {
    return groups.keyGroup(cell.key());
  }

  /**
   * A window is going to be dropped: from now on its cells may be changed without being touched.
   */
  public void aboutToDrop(W window) {
    WindowCells<W, C> cells = windowIfAny(window);
    if (cells != null) {
      changes.writeAllFrozen(cells);
    }
  }

  /**
   * Forgets a window with all its cells, at the cost of one cell. The cells must not be touched any
   * more.
   */
  public void drop(W window) {
    WindowCells<W, C> dropped = windows.remove(window);
    if (dropped != null) {
      changes.dropping(dropped);
      CellSlots left = dropped.dropped();
      CellSlots spare = spareSlots;
      spareSlots = spare == null || spare.length() < left.length() ? left : spare;
    }
    if (last != null && last.window().equals(window)) {
      last = null;
    }
  }

  /**
   * A safe point: the table's user works on no cell and keeps none but those that its {@link
   * CellType#mayBePutAway} names. Cells that are more than the memory allows leave the heap.
   */
  public void relieve() {
    if (cold != null) {
      cold.relieve();
    }
  }

  /** What the table is in a snapshot. */
  public PartSpec part() {
    PartSpec known = part;
    if (known == null) {
      known = newPart();
      part = known;
    }
    return known;
  }

  private PartSpec newPart() {
    Map<String, String> prints = new TreeMap<>(spec.type().prints());
    prints.put("key coder", CoderPrint.of(spec.keyCoder()));
    prints.put("window coder", CoderPrint.of(spec.windowCoder()));
    return new PartSpec(spec.name(), spec.type().kind(), prints);
  }

  /**
   * Makes the table, as it is now, a part of a snapshot: all cells, or those that have changed
   * since the last one. They are written by and by; what is done to the table meanwhile does not
   * matter.
   *
   * @throws IllegalStateException when the last snapshot is neither finished nor given up
   */
  public void writeTo(SnapshotSink sink) throws IOException {
    sink.take(changes.freeze(sink));
  }

  /** Whether a copy of the cold side may stand for the table's cells. */
  boolean mayBeCopied() {
    return cold != null && spec.type().mayStayAway() && windows.size() <= MOST_COPIED_WINDOWS;
  }

  /** Writes a cell as a frame. */
  void writeCell(C cell, FrameWriter frames) throws IOException {
    OutputStream out = frames.frame();
    groups.encode(cell.key(), out);
    int keyBytes = frames.frameBytes();
    spec.type().write(cell, out);
    frames.cell(keyGroup(cell), keyBytes);
  }

  /** Writes as a frame that a cell is no longer there. */
  void writeGone(C cell, FrameWriter frames) throws IOException {
    groups.encode(cell.key(), frames.frame());
    frames.gone(keyGroup(cell));
  }

  TableChanges<W, C> changes() {
    return changes;
  }

  /** The windows that have cells, with them. */
  List<WindowCells<W, C>> windowCells() {
    return new ArrayList<>(windows.values());
  }

  /**
   * Adds the cells of the source's part that are for its task, and that no part before it has told
   * about.
   *
   * @throws IncompatibleStateException when the part was written for another table
   */
  public void readFrom(SnapshotSource source) throws IOException {
    part().accept(source.part());
    Adoption<W, C> adopting = adopting(source);
    WindowCells<W, C> cells = null;
    for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
      if (source.isShared()) {
        cells = window(windowCoder().decode(in));
      } else if (adopting != null && adopting.takes(cells, source, in)) {
        // Not a cell.
      } else if (cells == null) {
        throw new IOException(spec.name() + " has a cell before the first window");
      } else {
        cells = window(cells.window());
        Object key = groups.coder().decode(in);
        if (source.isForeign(groups.keyGroup(key))) {
          continue;
        }
        spec.type().read(adopting == null ? cells.cell(key) : cells.restore(key), in);
      }
      if (in.available() > 0) {
        throw new IOException(spec.name() + " has a frame that was not read to its end");
      }
      relieve();
    }
  }

  private @Nullable Adoption<W, C> adopting(SnapshotSource source) throws IOException {
    Adoption<W, C> begun = adoption;
    if (begun == null && source.isBased() && cold != null) {
      begun = Adoption.begin(this, cold, groups, source.adopt());
      adoption = begun;
    } else if (begun != null) {
      begun.follow(source.adopt());
    }
    return begun;
  }

  /** All parts were read. */
  public void restored() {
    Adoption<W, C> adopting = adoption;
    adoption = null;
    if (adopting != null) {
      adopting.end();
    }
  }

  @SuppressWarnings("unchecked") // the table's windows are those of its coder
  Coder<W> windowCoder() {
    return (Coder<W>) spec.windowCoder();
  }

  /** The window has its first cell. */
  void list(WindowCells<W, C> cells) {
    WindowCells<W, C> other = windows.putIfAbsent(cells.window(), cells);
    if (other != null && other != cells) {
      throw new IllegalStateException(
          "the cells of window " + cells.window() + " were kept after the table forgot them");
    }
  }

  /** Empty slots for a window that has its first cell; null when there are none. */
  @Nullable CellSlots takeSpareSlots() {
    CellSlots taken = spareSlots;
    spareSlots = null;
    return taken;
  }

  /** The window has lost its last cell. */
  void unlist(WindowCells<W, C> cells) {
    windows.remove(cells.window(), cells);
    ColdWindow<W, C> its = cells.coldIfAny();
    if (its != null) {
      its.emptied();
    }
  }

  /** A window that a copy of the cold side has. */
  WindowCells<W, C> adopt(W window, long number) {
    WindowCells<W, C> cells = new WindowCells<>(this, window, cold);
    cells.cold().adopt(number);
    windows.put(window, cells);
    return cells;
  }

  /** A window that a copy of the cold side has turns out to be no more. */
  void disown(WindowCells<W, C> cells) {
    windows.remove(cells.window(), cells);
    if (last == cells) {
      last = null;
    }
  }
}
