package io.purlin.state;

import io.purlin.state.SnapshotSink.Extent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has changed in a table since the last snapshot of it.
 *
 * <p>Each snapshot ends an epoch and freezes it: its cells are written a few at a time while the
 * table is used, and one that is about to change is written before it does. So a snapshot holds the
 * table as it was at its barrier, and taking it costs nothing there, however large the table is.
 *
 * <p>A cell's epoch: the current one, if it was changed in it; the frozen one, if it was changed
 * there and is not written yet; minus the epoch of its last writing; 0, if it is not known to have
 * been written; {@link #NEW} for one that has held nothing so far. Owned by the table's thread.
 */
final class TableChanges<W, C extends Cell> {
  /** The epoch of a cell that came after the first snapshot and has not been touched. */
  static final int NEW = Integer.MIN_VALUE;

  private static final int BEFORE_FIRST = 0;

  /** The first epoch whose changes are noted: 0 is that of cells before it. */
  private static final int FIRST = 2;

  private final LiveTable<W, C> table;
  private int epoch = BEFORE_FIRST;
  private boolean incomplete;
  private long folding = Extent.NONE;
  private long basedOn = Extent.NONE;
  private List<WindowChanges<W, C>> changes = new ArrayList<>();
  private List<W> wiped = new ArrayList<>();
  private @Nullable FrozenTable<W, C> frozen;

  private @Nullable C visited;

  TableChanges(LiveTable<W, C> table) {
    this.table = table;
  }

  /** The epoch that changes belong to; 0 before the first snapshot, when none is noted. */
  int epoch() {
    return epoch;
  }

  int ofNewCell() {
    return epoch == BEFORE_FIRST ? BEFORE_FIRST : NEW;
  }

  /** A cell is about to change for the first time in this epoch. */
  void changing(WindowCells<W, C> cells, C cell) {
    writeIfFrozen(cells, cell);
    cell.epoch(epoch);
    of(cells).add(cell);
  }

  private WindowChanges<W, C> of(WindowCells<W, C> cells) {
    WindowChanges<W, C> found = cells.changes();
    if (found == null || found.epoch() != epoch) {
      found = new WindowChanges<>(cells, epoch, found);
      cells.changes(found);
      changes.add(found);
    }
    return found;
  }

  /** A cell was taken out of the table. */
  void removed(WindowCells<W, C> cells, Cell cell) {
    if (epoch != BEFORE_FIRST && !cell.isLogged()) {
      of(cells).useless();
    }
  }

  /**
   * A cell is about to be put away.
   *
   * @param wholeKey the key that it will have on the cold side
   */
  void puttingAway(WindowCells<W, C> cells, C cell, byte[] wholeKey) {
    if (frozen != null && frozen.isPassed(cells, wholeKey)) {
      writeIfFrozen(cells, cell);
    }
  }

  /**
   * A cell has been written to the cold side and put away.
   *
   * @param position where it may be read again
   */
  void putAway(WindowCells<W, C> cells, C cell, long position) {
    if (isOfEpoch(cell)) {
      of(cells).putAway(cell.tableKey(), position);
    }
  }

  /** A cell has been put away that is as it was when it came back. */
  void putAwayAgain(WindowCells<W, C> cells, C cell) {
    if (isOfEpoch(cell)) {
      of(cells).putAwayAgain(cell.tableKey());
    }
  }

  private boolean isOfEpoch(C cell) {
    return epoch != BEFORE_FIRST && cell.epoch() == epoch;
  }

  /** A live cell was written to the cold side, and need not be when it is put away. */
  void copied(WindowCells<W, C> cells, C cell) {
    WindowChanges<W, C> now = cells.changesOf(epoch);
    if (now != null) {
      now.outdated(cell.tableKey());
    }
  }

  /**
   * A cell was read back and is going to be live again.
   *
   * @param wholeKey its key on the cold side
   */
  void fetched(WindowCells<W, C> cells, C cell, byte[] wholeKey) {
    if (epoch == BEFORE_FIRST) {
      return;
    }
    noteWhere(cells, cell, wholeKey);
    if (cell.epoch() == epoch) {
      WindowChanges<W, C> of = of(cells);
      of.takeBack(cell.tableKey());
      of.add(cell);
    } else if (frozen != null && !frozen.isWhole()) {
      writeIfFrozen(cells, cell);
    }
  }

  /** A cell was read back to be looked at, or changed, and put away again by {@link #visited}. */
  void visiting(WindowCells<W, C> cells, C cell, byte[] wholeKey) {
    visited = cell;
    noteWhere(cells, cell, wholeKey);
  }

  /** The cell that was visited is going to be put away again. */
  void visited() {
    visited = null;
  }

  /** The cell of a key that is on the heap, if only to be visited; null when there is none. */
  @Nullable C onHeap(WindowCells<W, C> cells, Object tableKey) {
    C visitedNow = visited;
    return visitedNow != null
            && visitedNow.home() == cells
            && visitedNow.tableKey().equals(tableKey)
        ? visitedNow
        : cells.live(tableKey);
  }

  /** Gives a cell that was read back the epoch that it had when it was put away. */
  private void noteWhere(WindowCells<W, C> cells, C cell, byte[] wholeKey) {
    if (epoch == BEFORE_FIRST) {
      return;
    }
    cell.logged(true);
    if (isChangedAndAway(cells, cell.tableKey())) {
      cell.epoch(epoch);
    } else if (frozen != null) {
      cell.epoch(frozen.epochOf(cells, cell.tableKey(), wholeKey));
    }
  }

  /** Whether a cell was changed in this epoch and then put away. */
  boolean isChangedAndAway(WindowCells<W, C> cells, Object tableKey) {
    WindowChanges<W, C> now = cells.changes();
    return now != null && now.epoch() == epoch && now.isAway(tableKey);
  }

  /** A window is about to be forgotten with all its cells. */
  void dropping(WindowCells<W, C> cells) {
    if (epoch == BEFORE_FIRST) {
      return;
    }
    writeAllFrozen(cells);
    WindowChanges<W, C> now = cells.changes();
    if (now != null && now.epoch() == epoch) {
      now.clear();
    }
    wiped.add(cells.window());
  }

  /** Whether a snapshot is under way. */
  boolean isWriting() {
    return frozen != null;
  }

  /** All of a window is about to change. */
  void writeAllFrozen(WindowCells<W, C> cells) {
    if (frozen != null) {
      try {
        frozen.writeAll(cells);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A cell is about to be read by someone who may change what it holds before saying so. */
  void reading(WindowCells<W, C> cells, C cell) {
    if (frozen != null && frozen.awaits(cell, epoch)) {
      // Whether it changes cannot be known; and one that was written must not be met again.
      changing(cells, cell);
    }
  }

  private void writeIfFrozen(WindowCells<W, C> cells, C cell) {
    FrozenTable<W, C> now = frozen;
    if (now != null && now.awaits(cell, epoch)) {
      try {
        now.write(cells, cell);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /**
   * Ends the epoch. What it has changed is written by and by; until then no other may end.
   *
   * @param sink takes what is written, and says what that is
   */
  FrozenTable<W, C> freeze(SnapshotSink sink) {
    if (frozen != null) {
      throw new IllegalStateException("a snapshot of " + table.spec().name() + " is under way");
    }
    Extent extent = sink.extent();
    boolean folds = extent.folds() != Extent.NONE;
    boolean mayBeCopied = table.mayBeCopied();
    if (mayBeCopied) {
      sink.copyable();
    }
    boolean all = extent.whole() || incomplete || epoch == BEFORE_FIRST || (folds && !mayBeCopied);
    if (all) {
      folding = Extent.NONE;
      basedOn = Extent.NONE;
    } else if (folding != Extent.NONE && extent.base() == folding) {
      basedOn = folding;
    }
    boolean based = basedOn != Extent.NONE && basedOn == extent.base();
    if (folds && !all) {
      folding = extent.folds();
      sink.fold(new Fold<>(table.windowCells()));
    }
    int ended = epoch == BEFORE_FIRST ? FIRST - 1 : epoch;
    FrozenTable<W, C> now =
        all
            ? FrozenTable.whole(table, ended)
            : FrozenTable.ofChanges(
                table, new FrozenTable.Ended<>(ended, changes, wiped, based, sizes(folds)));
    epoch = Math.addExact(ended, 1);
    changes = new ArrayList<>();
    wiped = new ArrayList<>();
    incomplete = true;
    frozen = now;
    return now;
  }

  /** Sizes of the windows that have changed, or of all, if anyone will have to know them. */
  private Map<W, Long> sizes(boolean ofAll) {
    Map<W, Long> sizes = new HashMap<>();
    if (folding == Extent.NONE && basedOn == Extent.NONE) {
      return sizes;
    }
    for (WindowChanges<W, C> each : changes) {
      if (!each.cells().isDropped()) {
        W window = each.cells().window();
        WindowCells<W, C> now = table.windowIfAny(window);
        sizes.put(window, now == null ? 0 : now.size());
      }
    }
    if (ofAll) {
      table.windowCells().forEach(each -> sizes.put(each.window(), each.size()));
    }
    return sizes;
  }

  /**
   * The table is as a snapshot left it, and the next one may write what changes from now on.
   *
   * @param base number of the checkpoint since which the copy was folded that the snapshot builds
   *     on
   */
  void resume(long base) {
    epoch = FIRST;
    incomplete = false;
    basedOn = base;
  }

  /** All of the frozen epoch is written. */
  void written() {
    frozen = null;
    incomplete = false;
  }

  /** The frozen epoch will not be written to its end: the next one has to write everything. */
  void abandoned() {
    frozen = null;
  }
}
