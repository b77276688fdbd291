package io.purlin.state;

import io.purlin.state.cold.ColdPage;
import io.purlin.state.cold.ColdTable;
import io.purlin.state.keys.KeyFilter;
import io.purlin.state.keys.StructuralKey;
import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cold side of one window of a table.
 *
 * <p>A cell that was fetched keeps its copy, so that it can leave again without being written if
 * nobody has changed it. How many entries there are is not known, and need not be: only the cells
 * that are on the cold side alone are counted. Owned by the table's thread; lives as long as its
 * {@link WindowCells}.
 */
final class ColdWindow<W, C extends Cell> {
  private static final long NONE = -1;

  /** A filter with so many times as many keys as are away, or some more, is given up. */
  private static final int MOST_OUTDATED = 4;

  private static final int FEW_OUTDATED = 4096;

  private final ColdCells<W, C> side;
  private final WindowCells<W, C> cells;
  private long number = NONE;
  private long away;
  private boolean isAdopted;
  private boolean isMixed;
  private int swept;
  private int turnEnd;

  /** Has the key of every cell that is not live; null when there is none, or it is not known. */
  private @Nullable KeyFilter keysAway;

  private boolean areKeysUnknown;

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
    // While it is not known what there is of a copy, the window must not be taken for empty.
    return isAdopted ? away + 1 : away;
  }

  void use(Cell cell) {
    side.use(cell);
  }

  void entered(Cell cell) {
    if (cell.isStored()) {
      // It was fetched.
      away--;
      if (size() == 0) {
        keysAreKnown();
      }
    }
    side.entered(this, cell);
  }

  /** A live cell was taken out of the table. */
  void removed(Cell cell, boolean wasLast) {
    if (cell.isStored() && number != NONE) {
      side.delete(side.wholeKey(number, cell.key()));
    }
    side.left(this, cell, wasLast);
  }

  /** The window has lost its last cell, and will be another one should it get cells again. */
  void emptied() {
    if (number != NONE) {
      side.entries().forgetWindow(number);
      number = NONE;
    }
    keysAreKnown();
  }

  /** No cell is away. */
  private void keysAreKnown() {
    forgetKeys();
    areKeysUnknown = false;
  }

  private void forgetKeys() {
    KeyFilter last = keysAway;
    keysAway = null;
    if (last != null) {
      side.filters(-last.bytes());
    }
  }

  /** There may be cells that are away and in no filter. */
  private void keysAreUnknown() {
    forgetKeys();
    areKeysUnknown = true;
  }

  /** The cell of a key is not live any more. */
  private void keyIsAway(int hash) {
    if (areKeysUnknown) {
      return;
    }
    KeyFilter filter = keysAway;
    long before = filter == null ? 0 : filter.bytes();
    if (filter == null) {
      filter = new KeyFilter();
      keysAway = filter;
    }
    filter.add(hash);
    boolean isSmall = side.filters(filter.bytes() - before);
    if (!isSmall || filter.added() > MOST_OUTDATED * away + FEW_OUTDATED) {
      keysAreUnknown();
    }
  }

  private boolean mayBeAway(int hash) {
    KeyFilter filter = keysAway;
    return areKeysUnknown || (filter != null && filter.mayContain(hash));
  }

  /** The entries of a window of a copy are this window's. How many they are is said later. */
  void adopt(long itsNumber) {
    number = itsNumber;
    isAdopted = true;
    keysAreUnknown();
  }

  /** Whether there are entries of a copy. */
  boolean isAdopted() {
    return isAdopted;
  }

  /** What a copy may have of a key is out of date. */
  void disown(byte[] wholeKey) {
    side.delete(wholeKey);
  }

  /**
   * What a copy has of the window is out of date.
   *
   * @param isNewer of a whole key, whether its entry was put there since
   */
  void disown(Predicate<byte[]> isNewer) {
    if (!isMixed) {
      side.entries().deleteWindow(number);
      number = NONE;
    } else {
      side.entries()
          .forEachPage(
              number,
              page -> {
                for (int i = 0; i < page.size(); i++) {
                  if (!isNewer.test(page.key(i))) {
                    side.delete(page.key(i));
                  }
                }
              });
    }
    isAdopted = false;
  }

  /**
   * The window is restored.
   *
   * @param size number of its cells, live or not
   */
  void restored(long size) throws IOException {
    away = size - cells.liveCells();
    isAdopted = false;
    if (away < 0) {
      throw new IOException(
          "window " + cells.window() + " is to have " + size + " cells and has more");
    }
  }

  /** The window is gone, with all its cells. */
  void dropped(int liveCells) {
    side.left(this, liveCells);
    if (number != NONE) {
      side.entries().deleteWindow(number);
      number = NONE;
      away = 0;
    }
    keysAreKnown();
  }

  /** The cell of a key that is not live, to be entered; null when there is none. */
  @Nullable C fetch(Object tableKey, int hash, TableChanges<W, C> noting) {
    if (size() == 0 || !mayBeAway(hash)) {
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

  /**
   * A copy of a cell that is not live.
   *
   * @param position where it may be read
   */
  C read(Object tableKey, long position) {
    byte[] wholeKey = side.wholeKey(number, StructuralKey.key(tableKey));
    byte[] value = side.entries().get(wholeKey, position);
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
   * Reads some entries in the order of their places.
   *
   * @param from the first place that may be among them; null for all
   * @return the place from which to go on; null when there are no more
   */
  byte @Nullable [] read(byte @Nullable [] from, Entries<C> taker) throws IOException {
    if (number == NONE) {
      return null;
    }
    byte[] start = from == null ? side.entries().bound(number) : from;
    ColdPage page = side.entries().page(start, side.entries().bound(number + 1));
    for (int i = 0; i < page.size(); i++) {
      int at = i;
      Object tableKey = side.tableKey(page.key(i));
      taker.take(tableKey, () -> side.read(cells, page.key(at), tableKey, page.value(at)));
    }
    return page.next();
  }

  /** Goes on from where the last sweep ended; returns the bytes that were freed. */
  long sweep(long need) {
    long before = bytes;
    if (swept == 0) {
      turnEnd = cells.liveCells();
    }
    swept = cells.sweep(swept, turnEnd, need);
    return before - bytes;
  }

  /** Whether the last sweep came to the end of a turn. */
  boolean isSwept() {
    return swept == 0;
  }

  boolean mayBePutAway(C cell) {
    return side.type().mayBePutAway(cell);
  }

  /** A live cell leaves the heap. */
  void putAway(C cell, boolean isLast, TableChanges<W, C> noting) {
    long its = number();
    boolean isChanged = !cell.isCopied();
    long position = ColdTable.NOWHERE;
    if (noting.isWriting() || isChanged) {
      byte[] wholeKey = side.wholeKey(its, cell.key());
      noting.puttingAway(cells, cell, wholeKey);
      if (isChanged) {
        position = side.write(wholeKey, cell);
      }
    }
    away++;
    isMixed = true;
    keyIsAway(cell.hash());
    cell.putAway();
    noteAway(cell, isChanged, position, noting);
    side.left(this, cell, isLast);
  }

  private void noteAway(C cell, boolean isChanged, long position, TableChanges<W, C> noting) {
    if (isChanged) {
      noting.putAway(cells, cell, position);
    } else {
      noting.putAwayAgain(cells, cell);
    }
  }

  /** The number of the window on the cold side; it has one from now on. */
  long number() {
    if (number == NONE) {
      number = side.newWindow(cells.window());
    }
    return number;
  }

  /** What is written meanwhile, to any window of the table, is written at once; nothing is read. */
  void together(Runnable writes) {
    side.entries().together(writes);
  }

  /**
   * Brings the copy of a live cell up to date. A copy may outlive its cell elsewhere, so that from
   * now on it must be told when the cell is gone. A cell that holds nothing has become so since the
   * last barrier, and what becomes of it is told with the changes.
   *
   * @return whether there was anything to write
   */
  boolean copy(C cell) {
    if (cell.isCopied() || side.type().isVacant(cell)) {
      return false;
    }
    var unused = side.write(side.wholeKey(number(), cell.key()), cell);
    cell.hasCopy();
    cell.logged(true);
    cells.copied(cell);
    return true;
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
      if (cells.isLive(tableKey, StructuralKey.hash(tableKey))) {
        continue;
      }
      C cell = side.read(cells, wholeKey, tableKey, page.value(i));
      noting.visiting(cells, cell, wholeKey);
      long before = away;
      visitor.accept(cell);
      if (!cell.isInTable() || away != before) {
        throw new ConcurrentModificationException("cells came or went while they were read");
      }
      boolean isChanged = !cell.isCopied();
      long position = isChanged ? side.write(wholeKey, cell) : ColdTable.NOWHERE;
      cell.putAway();
      noting.visited();
      noteAway(cell, isChanged, position, noting);
    }
  }
}
