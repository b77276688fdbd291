package io.purlin.state;

import java.util.List;

/**
 * Brings the cold side of a table up to date, some cells at a time while the table is used, so that
 * a copy of the cold side can be the base of checkpoints.
 *
 * <p>What holds when it is done: a cell that has not changed since the fold began is on the cold
 * side as it is. One that has changed may be there in any form, or not at all; whoever uses a copy
 * of the cold side needs all changes from the fold's beginning on. Owned by the table's thread.
 */
public final class Fold<W, C extends Cell> {
  /** Looking at them takes about as long as writing one cell. */
  private static final int SLOTS_AT_ONCE = 64;

  private static final long ALL_HASHES = 1L << Integer.SIZE;

  private final List<WindowCells<W, C>> windows;
  private int at;
  private long scanned;
  private int budget;

  Fold(List<WindowCells<W, C>> windows) {
    this.windows = windows;
  }

  /**
   * Writes some cells. Between elements: the table's user is not changing a cell.
   *
   * @param cells about how many
   * @return whether nothing is left
   */
  public boolean drain(int cells) {
    if (at < windows.size()) {
      // All windows are of one table.
      windows.get(at).cold().together(() -> write(cells));
    }
    return at == windows.size();
  }

  private void write(int cells) {
    budget = cells;
    while (budget > 0 && at < windows.size()) {
      // Looking for cells costs as well, where few are found.
      budget--;
      WindowCells<W, C> window = windows.get(at);
      if (!window.isDropped()) {
        ColdWindow<W, C> cold = window.cold();
        scanned = window.scan(scanned, SLOTS_AT_ONCE, each -> budget -= cold.copy(each) ? 1 : 0);
      }
      if (window.isDropped() || scanned == ALL_HASHES) {
        at++;
        scanned = 0;
      }
    }
  }
}
