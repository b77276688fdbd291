package io.purlin.state;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
  private @Nullable Set<Object> away;
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

  /** The table keys of the changed cells that were put away. */
  Set<Object> away() {
    return away == null ? Set.of() : away;
  }

  /** A changed cell has been put away. */
  void putAway(Object tableKey) {
    if (away == null) {
      away = new HashSet<>();
    }
    away.add(tableKey);
    useless();
  }

  /** Whether the cell of the key was put away after a change; it is not away any more. */
  boolean takeBack(Object tableKey) {
    return away != null && away.remove(tableKey);
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
  }
}
