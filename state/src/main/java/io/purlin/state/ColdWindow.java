package io.purlin.state;

import io.purlin.state.cold.ColdPage;
import io.purlin.state.cold.ColdTable;
import java.io.IOException;
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
  @Nullable C fetch(Object tableKey, TableChanges<W, C> noting) {
    if (size() == 0) {
      return null;
    }
    byte[] wholeKey = side.wholeKey(number, StructuralKey.key(tableKey));
    byte[] value = side.entries().get(wholeKey);
    if (value == null) {
      return null;
    }
    C fetched = side.read(cells, wholeKey, tableKey, value);
    noting.fetched(cells, fetched, wholeKey);
    return fetched;
  }

  /** A copy of a cell that is not live. */
  C read(Object tableKey) {
    byte[] wholeKey = side.wholeKey(number, StructuralKey.key(tableKey));
    byte[] value = side.entries().get(wholeKey);
    if (value == null) {
      throw new IllegalStateException("the cell of key " + tableKey + " was put away and is gone");
    }
    return side.read(cells, wholeKey, tableKey, value);
  }

  /** An entry of the cold side, whose cell may be live as well. */
  interface Entry<C> {
    /** A copy of the cell as it was when it was put away. */
    C cell();
  }

  /** Takes entries. */
  interface Entries<C> {
    void take(Object tableKey, Entry<C> entry) throws IOException;
  }

  /**
   * Reads some entries in the order of their whole keys.
   *
   * @param from the first whole key that may be among them; null for all
   * @return where to go on; null when there are no more
   */
  byte @Nullable [] read(byte @Nullable [] from, Entries<C> taker) throws IOException {
    if (entries == 0) {
      return null;
    }
    byte[] start = from == null ? side.entries().bound(number) : from;
    ColdPage page = side.entries().page(start, side.entries().bound(number + 1));
    for (int i = 0; i < page.size(); i++) {
      int at = i;
      Object tableKey = side.tableKey(page.key(i));
      taker.take(tableKey, () -> side.read(cells, page.key(at), tableKey, page.value(at)));
    }
    return page.last() ? null : ColdTable.next(page.key(page.size() - 1));
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
  void putAway(C cell, boolean isLast, TableChanges<W, C> noting) {
    boolean isStored = cell.isStored();
    if (number == NONE) {
      number = side.entries().newWindow();
    }
    if (noting.isWriting() || !cell.isCopied()) {
      byte[] wholeKey = side.wholeKey(number, cell.key());
      noting.puttingAway(cells, cell, wholeKey);
      if (!cell.isCopied()) {
        side.write(wholeKey, cell);
      }
    }
    if (isStored) {
      copiesOfLive--;
    } else {
      entries++;
    }
    cell.putAway();
    noting.putAway(cells, cell);
    side.left(this, cell, isLast);
  }

  /** Visits the cells that are not live; what the visitor changes is written back. */
  void forEach(Consumer<? super C> visitor, TableChanges<W, C> noting) {
    if (size() > 0) {
      side.entries().forEachPage(number, page -> visit(page, visitor, noting));
    }
  }

  private void visit(ColdPage page, Consumer<? super C> visitor, TableChanges<W, C> noting) {
    for (int i = 0; i < page.size(); i++) {
      byte[] wholeKey = page.key(i);
      Object tableKey = side.tableKey(wholeKey);
      if (copiesOfLive > 0 && cells.isLive(tableKey, StructuralKey.hash(tableKey))) {
        continue;
      }
      C cell = side.read(cells, wholeKey, tableKey, page.value(i));
      noting.visiting(cells, cell, wholeKey);
      long before = entries;
      visitor.accept(cell);
      if (!cell.isInTable() || entries != before) {
        throw new ConcurrentModificationException("cells came or went while they were read");
      }
      if (!cell.isCopied()) {
        side.write(wholeKey, cell);
      }
      cell.putAway();
      noting.visited(cells, cell);
    }
  }
}
