package io.purlin.state;

import io.purlin.state.keys.StructuralKey;
import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one window of a {@link LiveTable}, by key.
 *
 * <p>Open addressing with linear probing: a cell stands between {@code hash >>> shift} and the next
 * free slot, and at most half of the slots are taken. Cells that do not fit on the heap are in the
 * window's {@link ColdWindow} and are fetched when they are asked for. Owned by the table's thread.
 *
 * @param <W> window or namespace
 * @param <C> the class of the cells
 */
public final class WindowCells<W, C extends Cell> {
  private static final int LEAST_SLOTS = 2;
  private static final int MOST_SLOTS = 1 << 30;

  private final LiveTable<W, C> table;
  private final TableChanges<W, C> noting;
  private final W window;
  private @Nullable Cell[] slots = new @Nullable Cell[LEAST_SLOTS];
  private int shift = Integer.SIZE - 1;
  private int size;
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
    return cold == null ? size : size + cold.size();
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
    int slot = slotOf(tableKey, hash);
    Cell found = slots[slot];
    if (found == null) {
      C fetched = fetch(slot, tableKey);
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
    int slot = slotOf(tableKey, hash);
    Cell found = slots[slot];
    return found == null ? fetch(slot, tableKey) : used(found);
  }

  /** A cell that is about to be read from a snapshot, whatever there is on the cold side. */
  C restore(@Nullable Object key) throws IOException {
    Object tableKey = table.keys().tableKey(key);
    int hash = StructuralKey.hash(tableKey);
    int slot = slotOf(tableKey, hash);
    if (slots[slot] != null) {
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
  private @Nullable C fetch(int slot, Object tableKey) {
    C fetched = cold == null ? null : cold.fetch(tableKey, noting);
    if (fetched != null) {
      enter(slot, fetched);
    }
    return fetched;
  }

  /** Number of cells that are on the heap. */
  int liveCells() {
    return size;
  }

  /** Whether the key's cell is on the heap. */
  boolean isLive(Object tableKey, int hash) {
    return slots[slotOf(tableKey, hash)] != null;
  }

  /** The key's cell if it is on the heap. */
  @Nullable C live(Object tableKey) {
    Cell found = slots[slotOf(tableKey, StructuralKey.hash(tableKey))];
    return found == null ? null : own(found);
  }

  /**
   * Visits every cell once, also those that are not on the heap; the visitor must not add or remove
   * any of this window.
   */
  public void forEach(Consumer<? super C> visitor) {
    @Nullable Cell[] all = slots;
    int before = size;
    for (Cell each : all) {
      if (each != null) {
        visitor.accept(own(each));
      }
    }
    if (slots != all || size != before) {
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

  /**
   * Visits live cells in the order of their hashes. A cell whose hash is in the range that the
   * calls have covered was visited unless it came to life meanwhile, however often the slots were
   * moved in between.
   *
   * @param from where to go on, from 0 to 2^32
   * @param slotCount about how many slots to look at
   * @return where the next call goes on; 2^32 after the last one
   */
  long scan(long from, int slotCount, Consumer<? super C> visitor) {
    long first = from >>> shift;
    long end = Math.min(slots.length, first + slotCount);
    for (int i = (int) first; i < end; i++) {
      Cell each = slots[i];
      if (each != null) {
        visitor.accept(own(each));
      }
    }
    // Those that found their places taken stand behind them, up to the next free slot.
    int mask = slots.length - 1;
    for (int i = (int) end & mask; slots[i] != null; i = (i + 1) & mask) {
      visitor.accept(own(slots[i]));
    }
    return end << shift;
  }

  /** Whether the table has forgotten the window together with these cells. */
  boolean isDropped() {
    return isDropped;
  }

  /** The table has forgotten the window. */
  void dropped() {
    isDropped = true;
    if (cold != null) {
      cold.dropped(size);
    }
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
   * Puts cells away that were not used lately, from a slot on until enough bytes are free.
   *
   * @return the slot to go on from; 0 after the last one
   */
  int sweep(int from, long need) {
    ColdWindow<W, C> away = cold();
    long enough = away.bytes - need;
    int i = Math.min(from, slots.length);
    while (i < slots.length && away.bytes > enough) {
      Cell each = slots[i];
      if (each == null || each.wasUsed() || !away.mayBePutAway(own(each))) {
        i++;
        continue;
      }
      // The next one may move up into this slot.
      closeGap(i);
      size--;
      away.putAway(own(each), size == 0, noting);
    }
    if (slots.length > 64 && size < slots.length / 16) {
      resize(Math.max(64, Integer.highestOneBit(Math.max(1, size)) * 4));
      return 0;
    }
    return i < slots.length ? i : 0;
  }

  /** A cell that was removed is being changed again. */
  void takeBack(Cell cell) {
    WindowCells<W, C> now = table.window(window);
    int slot = now.slotOf(cell.tableKey(), cell.hash());
    if (cell.isAway() || now.findAt(cell.tableKey(), cell.hash()) != null) {
      throw new IllegalStateException(
          "a cell of key " + cell.key() + " was used after another one had taken its place");
    }
    now.enter(slot, cell);
  }

  void takeOut(Cell cell) {
    int slot = slotOf(cell.tableKey(), cell.hash());
    if (slots[slot] != cell) {
      throw new ConcurrentModificationException("a cell was removed while " + window + " was read");
    }
    if (cell.epoch() != epoch()) {
      changing(cell);
    }
    closeGap(slot);
    if (cold != null) {
      cold.removed(cell, size == 1);
    }
    cell.left();
    noting.removed(this, cell);
    shrunk(size - 1);
  }

  private void closeGap(int slot) {
    int hole = slot;
    int mask = slots.length - 1;
    // Whatever could have stood in the hole moves up, so that no probe ends too early.
    for (int i = (hole + 1) & mask; ; i = (i + 1) & mask) {
      Cell next = slots[i];
      if (next == null) {
        break;
      }
      int distance = (i - (next.hash() >>> shift)) & mask;
      if (distance >= ((i - hole) & mask)) {
        slots[hole] = next;
        hole = i;
      }
    }
    slots[hole] = null;
  }

  private void enter(int slot, Cell cell) {
    if (size() == 0) {
      table.list(this);
    }
    slots[slot] = cell;
    size++;
    cell.entered(this);
    if (cold != null) {
      cold.entered(cell);
    }
    if (2 * size > slots.length) {
      resize(slots.length < 32 ? slots.length * 4 : slots.length * 2);
    }
  }

  private void shrunk(int newSize) {
    size = newSize;
    if (size() == 0) {
      table.unlist(this);
    }
    if (slots.length > 64 && size < slots.length / 16) {
      resize(slots.length / 4);
    }
  }

  private void resize(int length) {
    if (length > MOST_SLOTS) {
      throw new IllegalStateException(
          "window " + window + " of " + table.spec().name() + " has too many keys: " + size);
    }
    @Nullable Cell[] old = slots;
    slots = new @Nullable Cell[length];
    shift = Integer.numberOfLeadingZeros(length) + 1;
    for (Cell each : old) {
      if (each != null) {
        place(each);
      }
    }
  }

  /** Puts a cell, whose key is not there, into the first free slot. */
  private void place(Cell cell) {
    int mask = slots.length - 1;
    int i = cell.hash() >>> shift;
    while (slots[i] != null) {
      i = (i + 1) & mask;
    }
    slots[i] = cell;
  }

  /** Where the key's cell is, or the free slot where it would be. */
  private int slotOf(Object tableKey, int hash) {
    int mask = slots.length - 1;
    int i = hash >>> shift;
    for (Cell each = slots[i]; each != null; each = slots[i]) {
      if (each.holds(tableKey, hash)) {
        return i;
      }
      i = (i + 1) & mask;
    }
    return i;
  }

  @SuppressWarnings("unchecked") // only cells made by the table's type enter it
  private C own(Cell cell) {
    return (C) cell;
  }
}
