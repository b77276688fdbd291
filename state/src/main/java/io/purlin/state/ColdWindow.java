package io.purlin.state;

import io.purlin.state.cold.ColdPage;
import java.util.ConcurrentModificationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cold side of one window of a table.
 *
 * <p>A cell that was fetched keeps its copy, so that it can leave again without being written if
 * nobody has changed it. Cells that are on the cold side alone = entries - copies of live cells.
 * Owned by the table's thread; lives as long as its {@link WindowCells}.
 */
final class ColdWindow<W, C extends Cell> {
  private static final long NONE = -1;

  private final ColdCells<W, C> side;
  private final WindowCells<W, C> cells;
  private long number = NONE;
  private long entries;
  private long copiesOfLive;
  private int swept;

  /** Neighbours in the ring of windows with live cells; null outside. */
  @Nullable ColdWindow<W, C> next;

  @Nullable ColdWindow<W, C> previous;

  /** Estimated bytes of the live cells. */
  long bytes;

  ColdWindow(ColdCells<W, C> side, WindowCells<W, C> cells) {
    this.side = side;
    this.cells = cells;
  }

  /** Number of cells that are not live. */
  long size() {
    return entries - copiesOfLive;
  }

  void use(Cell cell) {
    side.use(cell);
  }

  void entered(Cell cell) {
    if (cell.isStored()) {
      copiesOfLive++;
    }
    side.entered(this, cell);
  }

  /** A live cell was taken out of the table. */
  void removed(Cell cell, boolean wasLast) {
    if (cell.isStored()) {
      side.entries().delete(side.wholeKey(number, cell.key()));
      entries--;
      copiesOfLive--;
    }
    side.left(this, cell, wasLast);
  }

  /** The window is gone, with all its cells. */
  void dropped(int liveCells) {
    side.left(this, liveCells);
    if (entries > 0) {
      side.entries().deleteWindow(number);
      entries = 0;
      copiesOfLive = 0;
    }
  }

  /** The cell of a key that is not live, to be entered; null when there is none. */
  @Nullable C fetch(Object tableKey) {
    if (size() == 0) {
      return null;
    }
    byte[] wholeKey = side.wholeKey(number, StructuralKey.key(tableKey));
    byte[] value = side.entries().get(wholeKey);
    if (value == null) {
      return null;
    }
    return side.read(cells, wholeKey, tableKey, value);
  }

  /** Goes on from where the last sweep ended; returns the bytes that were freed. */
  long sweep(long need) {
    long before = bytes;
    swept = cells.sweep(swept, need);
    return before - bytes;
  }

  /** Whether the last sweep came to the end of the window. */
  boolean isSwept() {
    return swept == 0;
  }

  boolean mayBePutAway(C cell) {
    return side.type().mayBePutAway(cell);
  }

  /** A live cell leaves the heap. */
  void putAway(C cell, boolean isLast) {
    boolean isStored = cell.isStored();
    if (!cell.isCopied()) {
      if (number == NONE) {
        number = side.entries().newWindow();
      }
      side.write(side.wholeKey(number, cell.key()), cell);
    }
    if (isStored) {
      copiesOfLive--;
    } else {
      entries++;
    }
    cell.putAway();
    side.left(this, cell, isLast);
  }

  /** Visits the cells that are not live; what the visitor changes is written back. */
  void forEach(Consumer<? super C> visitor) {
    if (size() > 0) {
      side.entries().forEachPage(number, page -> visit(page, visitor));
    }
  }

  private void visit(ColdPage page, Consumer<? super C> visitor) {
    for (int i = 0; i < page.size(); i++) {
      byte[] wholeKey = page.key(i);
      Object tableKey = side.tableKey(wholeKey);
      if (copiesOfLive > 0 && cells.isLive(tableKey, StructuralKey.hash(tableKey))) {
        continue;
      }
      C cell = side.read(cells, wholeKey, tableKey, page.value(i));
      long before = entries;
      visitor.accept(cell);
      if (!cell.isInTable() || entries != before) {
        throw new ConcurrentModificationException("cells came or went while they were read");
      }
      if (!cell.isCopied()) {
        side.write(wholeKey, cell);
      }
      cell.putAway();
    }
  }
}
