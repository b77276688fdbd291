package io.purlin.state;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Live cells by key: open addressing with linear probing. A cell stands between {@code hash >>>
 * shift} and the next free slot, and at most half of the slots are taken. Owned by the table's
 * thread.
 */
final class CellSlots {
  private static final int LEAST = 2;
  private static final int MOST = 1 << 30;
  private static final int KEPT = 64;
  private static final int LINE_BITS = 4;
  private static final double GOLDEN = 0.6180339887;

  private @Nullable Cell[] slots = new @Nullable Cell[LEAST];
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
    int i = hash >>> shift;
    for (Cell each = slots[i]; each != null; each = slots[i]) {
      if (each.holds(tableKey, hash)) {
        return i;
      }
      i = (i + 1) & mask;
    }
    return i;
  }

  /** Whether no other cell may enter. */
  boolean isFull() {
    return 2 * (size + 1) > MOST;
  }

  /** Puts a cell into the slot that {@link #slotOf} has found free; not when it is full. */
  void enter(int slot, Cell cell) {
    slots[slot] = cell;
    size++;
    if (2 * size > slots.length) {
      resize(slots.length < 32 ? slots.length * 4 : slots.length * 2);
    }
  }

  /** Empties a slot; whatever could have stood in it moves up, so that no probe ends too early. */
  void take(int slot) {
    int hole = slot;
    int mask = slots.length - 1;
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
    size--;
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
    @Nullable Cell[] old = slots;
    slots = new @Nullable Cell[length];
    shift = Integer.numberOfLeadingZeros(length) + 1;
    int mask = length - 1;
    for (Cell each : old) {
      if (each != null) {
        int i = each.hash() >>> shift;
        while (slots[i] != null) {
          i = (i + 1) & mask;
        }
        slots[i] = each;
      }
    }
  }
}
