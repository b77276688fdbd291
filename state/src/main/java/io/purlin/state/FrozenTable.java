package io.purlin.state;

import io.purlin.state.cold.ColdTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table as it was at a barrier, on its way into a snapshot: either all cells, or those that were
 * changed in the epoch that the barrier ended.
 *
 * <p>Cells are written window by window, a few at a time; one that the table's user is about to
 * change comes before its turn. Invariant: a cell is written at most once, and before it changes.
 * Until its turn in the snapshot has come, the table's frames are kept aside while they are few.
 * Owned by the table's thread; lives until everything is written or the snapshot is given up.
 */
final class FrozenTable<W, C extends Cell> {
  /** Looking at them takes about as long as writing one cell. */
  private static final int SLOTS_AT_ONCE = 64;

  private static final int MOST_ASIDE_BYTES = 64 << 10;
  private static final long ALL_HASHES = 1L << Integer.SIZE;

  private final LiveTable<W, C> table;
  private final TableChanges<W, C> noting;
  private final int epoch;
  private final boolean whole;
  private final List<WindowChanges<W, C>> changes;
  private final List<WindowCells<W, C>> windows;
  private final List<W> wiped;
  private final boolean based;
  private final Map<W, Long> sizes;
  private final PartSpec part;
  private final ByteArrayOutputStream aside = new ByteArrayOutputStream();
  private final FrameWriter frames = new FrameWriter(aside);
  private @Nullable WindowCells<W, C> writtenLast;

  private int at;
  private int inList;
  private long scanned;
  private byte @Nullable [] coldFrom;
  private boolean coldIsWritten;
  private int budget;

  /**
   * What an epoch has changed.
   *
   * @param number the epoch's
   * @param changes cells that were changed
   * @param wiped windows that were dropped
   * @param based whether the snapshot builds on a copy of the cold side
   * @param sizes of windows, which a copy does not tell
   */
  record Ended<W, C extends Cell>(
      int number,
      List<WindowChanges<W, C>> changes,
      List<W> wiped,
      boolean based,
      Map<W, Long> sizes) {}

  private FrozenTable(
      LiveTable<W, C> table, Ended<W, C> ended, boolean whole, List<WindowCells<W, C>> windows) {
    this.table = table;
    this.noting = table.changes();
    this.epoch = ended.number;
    this.whole = whole;
    this.windows = windows;
    this.changes = ended.changes;
    this.wiped = ended.wiped;
    this.based = ended.based;
    this.sizes = ended.sizes;
    this.part = table.part();
  }

  static <W, C extends Cell> FrozenTable<W, C> whole(LiveTable<W, C> table, int epoch) {
    Ended<W, C> all = new Ended<>(epoch, List.of(), List.of(), false, Map.of());
    return new FrozenTable<>(table, all, true, table.windowCells());
  }

  static <W, C extends Cell> FrozenTable<W, C> ofChanges(LiveTable<W, C> table, Ended<W, C> ended) {
    return new FrozenTable<>(table, ended, false, List.of());
  }

  /** What is written. */
  PartSpec part() {
    return part;
  }

  /** Whether all cells are, and not only those that have changed. */
  boolean isWhole() {
    return whole;
  }

  /** Whether what is not written is in a copy of the cold side. */
  boolean isBased() {
    return based;
  }

  /** The table's turn in the snapshot has come. */
  void begin(OutputStream out) throws IOException {
    frames.to(out);
    for (W each : wiped) {
      table.windowCoder().encode(each, frames.frame());
      frames.wiped();
    }
    for (Map.Entry<W, Long> each : sizes.entrySet()) {
      table.windowCoder().encode(each.getKey(), frames.frame());
      frames.shared();
      frames.size(each.getValue());
    }
    aside.writeTo(out);
  }

  /** Whether so much was written before the table's turn that it should not wait for it. */
  boolean isAsideLarge() {
    return aside.size() > MOST_ASIDE_BYTES;
  }

  /** The table may write what it has kept aside; its turn has not come. */
  void writeAside(OutputStream out) throws IOException {
    aside.writeTo(out);
    aside.reset();
    writtenLast = null;
  }

  /** Another table has written in between. */
  void goesOn() {
    writtenLast = null;
  }

  /**
   * Whether a cell is still to be written as it is now.
   *
   * @param now the epoch that changes belong to
   */
  boolean awaits(C cell, int now) {
    int its = cell.epoch();
    if (!whole) {
      return its == epoch;
    }
    return its != -epoch && its != now && its != TableChanges.NEW && cell.isInTable();
  }

  /** The epoch of a cell that has been put away and was not changed since the barrier. */
  int epochOf(WindowCells<W, C> cells, Object tableKey, byte[] wholeKey) {
    if (!whole) {
      return isAwaitedAway(cells, tableKey) ? epoch : 0;
    }
    return isScanned(cells, wholeKey) ? -epoch : 0;
  }

  private boolean isAwaitedAway(WindowCells<W, C> cells, Object tableKey) {
    WindowChanges<W, C> of = cells.changesOf(epoch);
    return of != null && of.isAway(tableKey);
  }

  /** Whether a cell that is about to be put away need not be looked for on the cold side. */
  boolean isPassed(WindowCells<W, C> cells, byte[] wholeKey) {
    return !whole || isScanned(cells, wholeKey);
  }

  private boolean isScanned(WindowCells<W, C> cells, byte[] wholeKey) {
    if (at < windows.size() && windows.get(at) == cells) {
      return coldIsWritten || (coldFrom != null && ColdTable.isBefore(wholeKey, coldFrom));
    }
    return cells.isScanned(epoch);
  }

  /** Writes a cell that is awaited. */
  void write(WindowCells<W, C> cells, C cell) throws IOException {
    boolean isThere = cell.isInTable() && !cell.home().isDropped();
    if (isThere || cell.isLogged()) {
      enter(cells);
      if (isThere) {
        table.writeCell(cell, frames);
      } else {
        table.writeGone(cell, frames);
      }
      budget--;
    }
    cell.logged(isThere);
    cell.epoch(-epoch);
    WindowChanges<W, C> of = whole || !isThere ? null : cells.changesOf(epoch);
    if (of != null) {
      of.takeBack(cell.tableKey());
    }
  }

  /** As {@link #write}, if the cell is awaited. */
  private void writeIfAwaited(WindowCells<W, C> cells, C cell) {
    if (!cell.isAway() && awaits(cell, noting.epoch())) {
      try {
        write(cells, cell);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Writes some cells; to be called again until {@link #isWritten}.
   *
   * @param cellCount about how many
   * @return how many are left of them
   */
  int drain(int cellCount) throws IOException {
    budget = cellCount;
    while (budget > 0 && !isWritten()) {
      // Looking for cells costs as well, where few are found.
      budget--;
      if (whole) {
        scan(windows.get(at));
      } else {
        writeChanges(changes.get(at), budget);
      }
    }
    if (isWritten()) {
      noting.written();
    }
    return Math.max(0, budget);
  }

  /** Whether nothing is left to be written. */
  boolean isWritten() {
    return at == (whole ? windows.size() : changes.size());
  }

  /** The snapshot is given up. */
  void abandon() {
    noting.abandoned();
  }

  /** Writes some more of a window of which all cells are written. */
  private void scan(WindowCells<W, C> cells) throws IOException {
    ColdWindow<W, C> cold = cells.coldIfAny();
    if (!cells.isDropped() && !cells.isScanned(epoch)) {
      // First those that were put away: one that leaves or comes back meanwhile is then known to
      // have been written or not by its place.
      if (!coldIsWritten) {
        coldIsWritten = cold == null || !scanCold(cells, cold);
        return;
      }
      scanned = cells.scan(scanned, SLOTS_AT_ONCE, each -> writeIfAwaited(cells, each));
      if (scanned < ALL_HASHES) {
        return;
      }
      cells.scanned(epoch);
    }
    at++;
    scanned = 0;
    coldFrom = null;
    coldIsWritten = false;
  }

  /** Writes some cells that were put away; false when there are no more. */
  private boolean scanCold(WindowCells<W, C> cells, ColdWindow<W, C> cold) throws IOException {
    coldFrom =
        cold.read(
            coldFrom,
            (tableKey, read) -> {
              C live = noting.onHeap(cells, tableKey);
              if (live != null) {
                writeIfAwaited(cells, live);
              } else if (!noting.isChangedAndAway(cells, tableKey)) {
                enter(cells);
                table.writeCell(read.cell(), frames);
                budget--;
              }
            });
    return coldFrom != null;
  }

  private void writeChanges(WindowChanges<W, C> of, int most) throws IOException {
    WindowCells<W, C> cells = of.cells();
    int end = (int) Math.min(of.list().size(), (long) inList + most);
    while (inList < end) {
      writeIfAwaited(cells, of.list().get(inList++));
    }
    if (inList < of.list().size()) {
      return;
    }
    ColdWindow<W, C> cold = cells.coldIfAny();
    if (cold != null && !cells.isDropped()) {
      int left = of.drainAway(budget, (key, position) -> writeAway(cells, cold, key, position));
      if (left > 0) {
        return;
      }
    }
    at++;
    inList = 0;
  }

  /** Writes everything of a window that is about to be dropped. */
  void writeAll(WindowCells<W, C> cells) throws IOException {
    ColdWindow<W, C> cold = cells.coldIfAny();
    if (!whole) {
      WindowChanges<W, C> of = cells.changesOf(epoch);
      if (of != null) {
        of.list().forEach(each -> writeIfAwaited(cells, each));
        if (cold != null) {
          of.drainAway(Integer.MAX_VALUE, (key, position) -> writeAway(cells, cold, key, position));
        }
      }
    } else if (!cells.isScanned(epoch)) {
      boolean isBegun = at < windows.size() && windows.get(at) == cells;
      byte[] before = coldFrom;
      coldFrom = isBegun ? before : null;
      boolean more = cold != null && !(isBegun && coldIsWritten);
      while (more && cold != null) {
        more = scanCold(cells, cold);
      }
      coldFrom = before;
      cells.scan(0, Integer.MAX_VALUE, each -> writeIfAwaited(cells, each));
      cells.scanned(epoch);
    }
  }

  /** Writes a cell that was changed in the frozen epoch and then put away. */
  private void writeAway(
      WindowCells<W, C> cells, ColdWindow<W, C> cold, Object tableKey, long position)
      throws IOException {
    C visited = noting.onHeap(cells, tableKey);
    enter(cells);
    budget--;
    table.writeCell(visited == null ? cold.read(tableKey, position) : visited, frames);
    if (visited != null) {
      visited.epoch(-epoch);
    }
  }

  private void enter(WindowCells<W, C> cells) throws IOException {
    if (writtenLast != cells) {
      writtenLast = cells;
      table.windowCoder().encode(cells.window(), frames.frame());
      frames.shared();
    }
  }
}
