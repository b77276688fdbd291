package io.purlin.state;

import io.purlin.state.keys.StructuralKey;
import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one window of a {@link LiveTable}, by key.
 *
 * <p>Those on the heap stand in {@link CellSlots}. Cells that do not fit there are in the window's
 * {@link ColdWindow} and are fetched when they are asked for. Owned by the table's thread.
 *
 * @param <W> window or namespace
 * @param <C> the class of the cells
 */
public final class WindowCells<W, C extends Cell> {
  /**
   * Cells and what they hold are 200 kB: more than the first cache of a processor, and too much of
   * its second where other tasks' tables and the elements on their way want room, too.
   */
  private static final int LARGE = 1 << 11;

  /** So many that a lookup saves more than it costs to have elements gather for it. */
  private static final int LARGER = 1 << 15;

  private final LiveTable<W, C> table;
  private final TableChanges<W, C> noting;
  private final W window;
  private CellSlots slots = new CellSlots();
  private final @Nullable ColdWindow<W, C> cold;
  private @Nullable WindowChanges<W, C> changes;
  private int scannedIn;
  private boolean isDropped;

  WindowCells(LiveTable<W, C> table, W window, @Nullable ColdCells<W, C> coldSide) {
    this.table = table;
    this.window = window;
    this.noting = table.changes();
    this.cold = coldSide == null ? null : new ColdWindow<>(coldSide, this);
  }

  /** The window. */
  public W window() {
    return window;
  }

  /** Number of cells, live or not. */
  public long size() {
    return cold == null ? slots.size() : slots.size() + cold.size();
  }

  /** The cell of a key; made, empty, when there is none. */
  public C cell(@Nullable Object key) {
    Object tableKey = table.keys().tableKey(key);
    return cellAt(tableKey, StructuralKey.hash(tableKey));
  }

  /** The cell of a key; null when there is none. */
  public @Nullable C find(@Nullable Object key) {
    Object tableKey = table.keys().tableKey(key);
    return findAt(tableKey, StructuralKey.hash(tableKey));
  }

  /**
   * As {@link #cell}, by a table key that was made and hashed before.
   *
   * @param tableKey from {@link StructuralKey#tableKey} of the table's key coder
   * @param hash its {@link StructuralKey#hash}
   */
  public C cellAt(Object tableKey, int hash) {
    int slot = slots.slotOf(tableKey, hash);
    Cell found = slots.at(slot);
    if (found == null) {
      C fetched = fetch(slot, tableKey, hash);
      if (fetched != null) {
        return fetched;
      }
      C made = table.spec().type().create();
      made.identify(tableKey, hash);
      made.epoch(noting.ofNewCell());
      enter(slot, made);
      return made;
    }
    return used(found);
  }

  /** As {@link #find}, by a table key that was made and hashed before. */
  public @Nullable C findAt(Object tableKey, int hash) {
    int slot = slots.slotOf(tableKey, hash);
    Cell found = slots.at(slot);
    return found == null ? fetch(slot, tableKey, hash) : used(found);
  }

  /** Whether the cells on the heap are so many that the processor's caches do not hold them. */
  public boolean isWorthLookingAhead() {
    return slots.size() >= LARGE;
  }

  /** Whether it is worth to have lookups wait for each other, so that {@link #lookAhead} can be. */
  public boolean isWorthGathering() {
    return slots.size() >= LARGER;
  }

  /**
   * Reads what {@link #cellAt} will read, and changes nothing. A lookup in a large table waits for
   * memory several times, one after the other, and so does the next one, with all that is done with
   * a cell between them. Here lookups follow each other so closely that the processor has many of
   * them under way at the same time, as with the group prefetching of Chen, Ailamaki, Gibbons and
   * Mowry (ICDE 2004).
   *
   * @param hashes of table keys; at most some hundred at once, or the first are gone from the cache
   *     before they are used
   * @param count how many of them are meant
   * @return a number of no meaning, to be kept, so that the compiler does not leave the reads out
   */
  public int lookAhead(int[] hashes, int count) {
    int read = 0;
    for (int i = 0; i < count; i++) {
      Cell likely = slots.likely(hashes[i]);
      if (likely != null) {
        read += likely.readAhead();
      }
    }
    return read;
  }

  /** A cell that is about to be read from a snapshot, whatever there is on the cold side. */
  C restore(@Nullable Object key) throws IOException {
    Object tableKey = table.keys().tableKey(key);
    int hash = StructuralKey.hash(tableKey);
    int slot = slots.slotOf(tableKey, hash);
    if (slots.at(slot) != null) {
      throw new IOException("the cell of key " + key + " is there twice");
    }
    C made = table.spec().type().create();
    made.identify(tableKey, hash);
    made.logged(true);
    enter(slot, made);
    if (cold().isAdopted()) {
      made.mayHaveCopy();
    }
    return made;
  }

  private C used(Cell found) {
    if (cold != null) {
      cold.use(found);
    }
    return own(found);
  }

  /** The cell of a key from the cold side, if it is there. */
  private @Nullable C fetch(int slot, Object tableKey, int hash) {
    C fetched = cold == null ? null : cold.fetch(tableKey, hash, noting);
    if (fetched != null) {
      table.memory().fetched();
      enter(slot, fetched);
    }
    return fetched;
  }

  /** Number of cells that are on the heap. */
  int liveCells() {
    return slots.size();
  }

  /** Whether the key's cell is on the heap. */
  boolean isLive(Object tableKey, int hash) {
    return slots.at(slots.slotOf(tableKey, hash)) != null;
  }

  /** The key's cell if it is on the heap. */
  @Nullable C live(Object tableKey) {
    Cell found = slots.at(slots.slotOf(tableKey, StructuralKey.hash(tableKey)));
    return found == null ? null : own(found);
  }

  /**
   * Visits every cell once, also those that are not on the heap; the visitor must not add or remove
   * any of this window.
   */
  public void forEach(Consumer<? super C> visitor) {
    int before = slots.size();
    slots.forEach(each -> visitor.accept(own(each)));
    if (slots.size() != before) {
      throw new ConcurrentModificationException("cells came or went while " + window + " was read");
    }
    if (cold != null) {
      cold.forEach(visitor, noting);
    }
  }

  /** The epoch that changes belong to now. */
  int epoch() {
    return noting.epoch();
  }

  /** A cell is about to change for the first time in this epoch. */
  void changing(Cell cell) {
    noting.changing(this, own(cell));
  }

  /** A live cell was written to the cold side, and need not be when it is put away. */
  void copied(Cell cell) {
    noting.copied(this, own(cell));
  }

  void reading(Cell cell) {
    noting.reading(this, own(cell));
  }

  /** The changes of this window in the last epoch that had any; null before there was one. */
  @Nullable WindowChanges<W, C> changes() {
    return changes;
  }

  /** The changes of this window in an epoch, the current one or the one before it. */
  @Nullable WindowChanges<W, C> changesOf(int epoch) {
    WindowChanges<W, C> latest = changes;
    return latest == null ? null : latest.of(epoch);
  }

  /** Whether the window was written as a whole in an epoch. */
  boolean isScanned(int epoch) {
    return scannedIn == epoch;
  }

  void scanned(int epoch) {
    scannedIn = epoch;
  }

  void changes(WindowChanges<W, C> now) {
    changes = now;
  }

  /** Visits live cells in pieces, as {@link CellSlots#scan} does. */
  long scan(long from, int slotCount, Consumer<? super C> visitor) {
    return slots.scan(from, slotCount, each -> visitor.accept(own(each)));
  }

  /** Whether the table has forgotten the window together with these cells. */
  boolean isDropped() {
    return isDropped;
  }

  /**
   * The table has forgotten the window.
   *
   * @return its slots, emptied
   */
  CellSlots dropped() {
    isDropped = true;
    if (cold != null) {
      cold.dropped(slots.size());
    }
    CellSlots left = slots;
    table.memory().live(-left.size());
    slots = new CellSlots();
    left.clear();
    return left;
  }

  /** The cold side; null when there is none. */
  @Nullable ColdWindow<W, C> coldIfAny() {
    return cold;
  }

  /** The cold side of a window of a table that has one. */
  ColdWindow<W, C> cold() {
    if (cold == null) {
      throw new IllegalStateException("every cell of " + table.spec().name() + " is live");
    }
    return cold;
  }

  /**
   * Puts cells away that were not used lately until enough bytes are free: the clock algorithm. The
   * newest cell takes the number of one that leaves, and so stands behind the hand; others that
   * come during a turn have numbers behind its end.
   *
   * @param from the number of the cell to begin with
   * @param end where the turn ends: as many cells as there were when it began
   * @return that of the cell to go on with; 0 at the end of the turn
   */
  int sweep(int from, int end, long need) {
    ColdWindow<W, C> away = cold();
    long enough = away.bytes - need;
    int i = from;
    for (; i < Math.min(end, slots.size()) && away.bytes > enough; i++) {
      Cell each = slots.numbered(i);
      if (!each.wasUsed() && away.mayBePutAway(own(each))) {
        slots.take(slots.slotOfNumber(i));
        table.memory().live(-1);
        away.putAway(own(each), slots.size() == 0, noting);
      }
    }
    slots.trim();
    return i < Math.min(end, slots.size()) ? i : 0;
  }

  /** A cell that was removed is being changed again. */
  void takeBack(Cell cell) {
    WindowCells<W, C> now = table.window(window);
    int slot = now.slots.slotOf(cell.tableKey(), cell.hash());
    if (cell.isAway() || now.findAt(cell.tableKey(), cell.hash()) != null) {
      throw new IllegalStateException(
          "a cell of key " + cell.key() + " was used after another one had taken its place");
    }
    now.enter(slot, cell);
  }

  void takeOut(Cell cell) {
    int slot = slots.slotOf(cell.tableKey(), cell.hash());
    if (slots.at(slot) != cell) {
      throw new ConcurrentModificationException("a cell was removed while " + window + " was read");
    }
    if (cell.epoch() != epoch()) {
      changing(cell);
    }
    slots.take(slot);
    table.memory().live(-1);
    if (cold != null) {
      cold.removed(cell, slots.size() == 0);
    }
    cell.left();
    noting.removed(this, cell);
    if (size() == 0) {
      table.unlist(this);
    }
    slots.trim();
  }

  private void enter(int slot, Cell cell) {
    if (slots.isFull()) {
      throw new IllegalStateException(
          "window " + window + " of " + table.spec().name() + " has too many keys: " + size());
    }
    int free = slot;
    if (size() == 0) {
      table.list(this);
      CellSlots spare = table.takeSpareSlots();
      if (spare != null) {
        slots = spare;
        free = slots.slotOf(cell.tableKey(), cell.hash());
      }
    }
    slots.enter(free, cell);
    table.memory().live(1);
    cell.entered(this);
    if (cold != null) {
      cold.entered(cell);
    }
  }

  @SuppressWarnings("unchecked") // only cells made by the table's type enter it
  private C own(Cell cell) {
    return (C) cell;
  }
}
