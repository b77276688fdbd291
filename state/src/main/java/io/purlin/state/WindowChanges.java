package io.purlin.state;

import io.purlin.state.cold.ColdTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one window that were changed, or taken out, in one epoch.
 *
 * <p>A cell that is live, or was taken out, stands in the list; one that was put away is named by
 * its key. Cells that came and went within the epoch are of no interest, and are forgotten when
 * they are more than half of the list. Owned by the table's thread.
 */
final class WindowChanges<W, C extends Cell> {
  private static final int FEW = 64;

  private final WindowCells<W, C> cells;
  private final int epoch;
  private final ArrayList<C> list = new ArrayList<>(2);

  /**
   * By the table keys of changed cells: where the cell may be read as it was when it was put away
   * last, or {@link ColdTable#NOWHERE}. Keys of cells that were fetched since stay, as {@link
   * #back} of that: should one be put away again without a change, it still holds.
   */
  private @Nullable Map<Object, Long> away;

  private int awayKeys;
  private @Nullable WindowChanges<W, C> before;
  private int useless;

  /**
   * @param before the changes of the epoch in which the window was changed last
   */
  WindowChanges(WindowCells<W, C> cells, int epoch, @Nullable WindowChanges<W, C> before) {
    this.cells = cells;
    this.epoch = epoch;
    this.before = before;
    if (before != null) {
      before.before = null;
    }
  }

  /** The window's changes in the epoch of the last ones, or in the one before them. */
  @Nullable WindowChanges<W, C> of(int wanted) {
    return epoch == wanted ? this : before != null && before.epoch == wanted ? before : null;
  }

  WindowCells<W, C> cells() {
    return cells;
  }

  int epoch() {
    return epoch;
  }

  void add(C cell) {
    list.add(cell);
  }

  /** The changed cells that were not put away, and some that do not matter any more. */
  List<C> list() {
    return list;
  }

  /** Whether the cell of a key was changed and then put away. */
  boolean isAway(Object tableKey) {
    Long position = away == null ? null : away.get(tableKey);
    return position != null && saysAway(position);
  }

  /** Takes changed cells that were put away. */
  interface AwayCells {
    /**
     * Takes one.
     *
     * @param position where it may be read; {@link ColdTable#NOWHERE} when it is to be looked for
     */
    void take(Object tableKey, long position) throws IOException;
  }

  /**
   * Gives and forgets changed cells that were put away, the first that was first.
   *
   * @param most at most so many
   * @return how many are left
   */
  int drainAway(int most, AwayCells taker) throws IOException {
    if (away == null) {
      return 0;
    }
    int left = most;
    Iterator<Map.Entry<Object, Long>> entries = away.entrySet().iterator();
    while (awayKeys > 0 && left > 0) {
      Map.Entry<Object, Long> each = entries.next();
      Object tableKey = each.getKey();
      long position = each.getValue();
      entries.remove();
      if (saysAway(position)) {
        awayKeys--;
        left--;
        taker.take(tableKey, position);
      }
    }
    return awayKeys;
  }

  /**
   * A changed cell has been put away.
   *
   * @param position where it may be read; {@link ColdTable#NOWHERE} when it is to be looked for
   */
  void putAway(Object tableKey, long position) {
    if (away == null) {
      away = new LinkedHashMap<>();
    }
    // What comes last was written last.
    Long before = away.remove(tableKey);
    away.put(tableKey, position);
    if (before == null || !saysAway(before)) {
      awayKeys++;
    }
    useless();
  }

  /** A changed cell has been put away as it was when it came back. */
  void putAwayAgain(Object tableKey) {
    Long before = away == null ? null : away.get(tableKey);
    if (away == null || before == null) {
      putAway(tableKey, ColdTable.NOWHERE);
    } else if (!saysAway(before)) {
      // In its old place: the keys stay in the order of writing.
      away.put(tableKey, back(before));
      awayKeys++;
      useless();
    } else {
      useless();
    }
  }

  /** Whether the cell of the key was put away after a change; it is not away any more. */
  boolean takeBack(Object tableKey) {
    Long position = away == null ? null : away.get(tableKey);
    if (away == null || position == null || !saysAway(position)) {
      return false;
    }
    awayKeys--;
    if (position == ColdTable.NOWHERE) {
      away.remove(tableKey);
    } else {
      away.put(tableKey, back(position));
    }
    return true;
  }

  /** A cell that is live has changed since it was put away, though it may not look so any more. */
  void outdated(Object tableKey) {
    Long position = away == null ? null : away.get(tableKey);
    if (away != null && position != null && !saysAway(position)) {
      away.remove(tableKey);
    }
  }

  private static boolean saysAway(long position) {
    return position >= ColdTable.NOWHERE;
  }

  /** Below {@link ColdTable#NOWHERE}; of that, again what it is of. */
  private static long back(long position) {
    return ColdTable.NOWHERE - 1 - position;
  }

  /** A cell of the list does not matter any more. */
  void useless() {
    useless++;
    if (useless > FEW && useless > list.size() / 2) {
      list.removeIf(WindowChanges::forget);
      useless = 0;
    }
  }

  private static boolean forget(Cell cell) {
    if (cell.isAway()) {
      return true;
    }
    boolean neverSeen = !cell.isInTable() && !cell.isLogged();
    if (neverSeen) {
      // Should it come back after all, that is a change.
      cell.epoch(TableChanges.NEW);
    }
    return neverSeen;
  }

  /** None of it matters: the window was dropped. */
  void clear() {
    list.clear();
    away = null;
    awayKeys = 0;
  }
}
