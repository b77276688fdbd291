package io.purlin.state;

import java.io.IOException;
import java.util.ConcurrentModificationException;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The cells of one window of a {@link LiveTable}, by key.
 *
 * <p>Open addressing with linear probing: a cell stands between {@code hash >>> shift} and the next
 * free slot, and at most half of the slots are taken. Owned by the table's thread.
 *
 * @param <W> window or namespace
 * @param <C> the class of the cells
 */
public final class WindowCells<W, C extends Cell> {
  private static final int LEAST_SLOTS = 2;
  private static final int MOST_SLOTS = 1 << 30;

  private final LiveTable<W, C> table;
  private final W window;
  private @Nullable Cell[] slots = new @Nullable Cell[LEAST_SLOTS];
  private int shift = Integer.SIZE - 1;
  private int size;

  WindowCells(LiveTable<W, C> table, W window) {
    this.table = table;
    this.window = window;
  }

  /** The window. */
  public W window() {
    return window;
  }

  /** Number of cells. */
  public int size() {
    return size;
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
      C made = table.spec().type().create();
      made.identify(tableKey, hash);
      enter(slot, made);
      return made;
    }
    return own(found);
  }

  /** As {@link #find}, by a table key that was made and hashed before. */
  public @Nullable C findAt(Object tableKey, int hash) {
    Cell found = slots[slotOf(tableKey, hash)];
    return found == null ? null : own(found);
  }

  /** Visits every cell; the visitor must not add or remove any of this window. */
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
  }

  void writeTo(SnapshotSink sink) throws IOException {
    for (Cell each : slots) {
      if (each != null) {
        table.write(own(each), sink);
      }
    }
  }

  /** Removes every cell that the predicate accepts; it must not add or remove any itself. */
  public void removeIf(Predicate<? super C> condition) {
    @Nullable Cell[] all = slots;
    boolean[] going = new boolean[all.length];
    int count = 0;
    for (int i = 0; i < all.length; i++) {
      Cell each = all[i];
      if (each != null && condition.test(own(each))) {
        going[i] = true;
        count++;
      }
    }
    if (count == 0) {
      return;
    }
    @Nullable Cell[] kept = new @Nullable Cell[all.length];
    slots = kept;
    for (int i = 0; i < all.length; i++) {
      Cell each = all[i];
      if (each != null && going[i]) {
        each.left();
      } else if (each != null) {
        place(each);
      }
    }
    shrunk(size - count);
  }

  /** A cell that was removed is being changed again. */
  void takeBack(Cell cell) {
    WindowCells<W, C> now = table.window(window);
    int slot = now.slotOf(cell.tableKey(), cell.hash());
    if (now.slots[slot] != null) {
      throw new IllegalStateException(
          "a cell of key " + cell.key() + " was used after another one had taken its place");
    }
    now.enter(slot, cell);
  }

  void takeOut(Cell cell) {
    int hole = slotOf(cell.tableKey(), cell.hash());
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
    cell.left();
    shrunk(size - 1);
  }

  private void enter(int slot, Cell cell) {
    if (size == 0) {
      table.list(this);
    }
    slots[slot] = cell;
    size++;
    cell.entered(this);
    if (2 * size > slots.length) {
      resize(slots.length < 32 ? slots.length * 4 : slots.length * 2);
    }
  }

  private void shrunk(int newSize) {
    size = newSize;
    if (size == 0) {
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
