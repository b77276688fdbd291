package io.purlin.state;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Live cells by key: open addressing with linear probing. A cell stands between {@code hash >>>
 * shift} and the next free slot, and at most two thirds of the slots are taken. Owned by the
 * table's thread.
 *
 * <p>Beside each slot stands a byte of its cell's hash, as in Abseil's tables: what a probe passes
 * by is told from what it looks for without reading the cells, each of which is a miss of the cache
 * in a large table.
 */
final class CellSlots {
  private static final int LEAST = 2;
  private static final int MOST = 1 << 30;
  private static final int KEPT = 64;
  private static final int LINE_BITS = 4;
  private static final double GOLDEN = 0.6180339887;
  private static final int SPREAD = 0x85EBCA6B;
  private static final byte FREE = 0;

  private @Nullable Cell[] slots = new @Nullable Cell[LEAST];

  /** {@link #tag} of the cell in each slot; {@link #FREE} where there is none. */
  private byte[] tags = new byte[LEAST];

  private int shift = Integer.SIZE - 1;
  private int size;

  /** Number of cells. */
  int size() {
    return size;
  }

  /** Number of slots. */
  int length() {
    return slots.length;
  }

  /** The cell in a slot, from 0 to {@link #length} - 1; null: none. */
  @Nullable Cell at(int slot) {
    return slots[slot];
  }

  /** Where the key's cell is, or the free slot where it would be. */
  int slotOf(Object tableKey, int hash) {
    int mask = slots.length - 1;
    byte wanted = tag(hash);
    int i = hash >>> shift;
    for (byte tag = tags[i]; tag != FREE; tag = tags[i]) {
      if (tag == wanted && taken(i).holds(tableKey, hash)) {
        return i;
      }
      i = (i + 1) & mask;
    }
    return i;
  }

  /** The first cell that may be the one of a key with this hash: seldom another; null: none. */
  @Nullable Cell likely(int hash) {
    int mask = slots.length - 1;
    byte wanted = tag(hash);
    int i = hash >>> shift;
    byte tag = tags[i];
    while (tag != FREE && tag != wanted) {
      i = (i + 1) & mask;
      tag = tags[i];
    }
    return slots[i];
  }

  /** Seven bits that depend on all of the hash: its first ones alone say where a probe begins. */
  private static byte tag(int hash) {
    return (byte) ((hash * SPREAD) >>> 25 | 0x80);
  }

  private Cell taken(int slot) {
    Cell cell = slots[slot];
    if (cell == null) {
      throw new IllegalStateException("slot " + slot + " is marked as taken but is free");
    }
    return cell;
  }

  /** Whether no other cell may enter. */
  boolean isFull() {
    return tooMany(size + 1, MOST);
  }

  private static boolean tooMany(int cells, int slots) {
    return 3L * cells > 2L * slots;
  }

  /** Puts a cell into the slot that {@link #slotOf} has found free; not when it is full. */
  void enter(int slot, Cell cell) {
    slots[slot] = cell;
    tags[slot] = tag(cell.hash());
    size++;
    if (tooMany(size, slots.length)) {
      resize(slots.length < 32 ? slots.length * 4 : slots.length * 2);
    }
  }

  /** Empties a slot; whatever could have stood in it moves up, so that no probe ends too early. */
  void take(int slot) {
    int hole = slot;
    int mask = slots.length - 1;
    for (int i = (hole + 1) & mask; tags[i] != FREE; i = (i + 1) & mask) {
      Cell next = taken(i);
      int distance = (i - (next.hash() >>> shift)) & mask;
      if (distance >= ((i - hole) & mask)) {
        slots[hole] = next;
        tags[hole] = tags[i];
        hole = i;
      }
    }
    slots[hole] = null;
    tags[hole] = FREE;
    size--;
  }

  /** Forgets all cells. Keeps its slots, unless most of them were free. */
  void clear() {
    if (slots.length > KEPT && size < slots.length / 4) {
      resize(LEAST, new @Nullable Cell[0]);
    } else {
      Arrays.fill(slots, null);
      Arrays.fill(tags, FREE);
    }
    size = 0;
  }

  /**
   * Gives back slots when nearly all are free.
   *
   * @return whether cells have moved
   */
  boolean trim() {
    if (slots.length <= KEPT || size >= slots.length / 16) {
      return false;
    }
    resize(Math.max(KEPT, Integer.highestOneBit(Math.max(1, size)) * 4));
    return true;
  }

  /**
   * Visits cells in the order of their hashes. A cell whose hash is in the range that the calls
   * have covered was visited unless it entered meanwhile, however often cells were moved.
   *
   * @param from where to go on, from 0 to 2^32
   * @param slotCount about how many slots to look at
   * @return where the next call goes on; 2^32 after the last one
   */
  long scan(long from, int slotCount, Consumer<? super Cell> visitor) {
    long first = from >>> shift;
    long end = Math.min(slots.length, first + slotCount);
    for (int i = (int) first; i < end; i++) {
      Cell each = slots[i];
      if (each != null) {
        visitor.accept(each);
      }
    }
    // Those that found their places taken stand behind them, up to the next free slot.
    int mask = slots.length - 1;
    int i = (int) end & mask;
    for (Cell each = slots[i]; each != null; each = slots[i]) {
      visitor.accept(each);
      i = (i + 1) & mask;
    }
    return end << shift;
  }

  /**
   * The slot that a sweep over all comes to as its i-th, from 0: one cache line of slots after the
   * other, each far from the last. A sweep in the order of their places, which takes what is old,
   * would always have the oldest cells right before it: twice as dense as the average, and in runs
   * that may have no end.
   */
  int slotInTurn(int turn) {
    int lines = slots.length >>> LINE_BITS;
    long step = (long) (lines * GOLDEN) | 1;
    int line = (int) (((turn >>> LINE_BITS) * step) & (lines - 1));
    return (line << LINE_BITS) | (turn & ((1 << LINE_BITS) - 1));
  }

  private void resize(int length) {
    resize(length, slots);
  }

  private void resize(int length, @Nullable Cell[] cells) {
    slots = new @Nullable Cell[length];
    tags = new byte[length];
    shift = Integer.numberOfLeadingZeros(length) + 1;
    int mask = length - 1;
    for (Cell each : cells) {
      if (each != null) {
        int i = each.hash() >>> shift;
        while (tags[i] != FREE) {
          i = (i + 1) & mask;
        }
        slots[i] = each;
        tags[i] = tag(each.hash());
      }
    }
  }
}
