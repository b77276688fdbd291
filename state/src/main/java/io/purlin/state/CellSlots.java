package io.purlin.state;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Live cells by key: open addressing with linear probing, in slots that hold the number of a cell.
 * Slots are in the order of hashes: a cell's number stands between the slot that is as far from the
 * first as its hash is from 0, and the next free one, and at most three quarters of the slots are
 * taken. The cells themselves stand one after the other as they entered, as in the dictionaries of
 * CPython since 3.6. Owned by the table's thread.
 *
 * <p>References in the slots would be written all over an old array, one for each new cell: of a
 * table of millions of keys a collector that keeps track of such writes by parts of arrays has all
 * parts to look through again and again. Where cells are appended it has the last part.
 *
 * <p>What of a slot its number does not need has bits of the cell's hash: what a probe passes by is
 * told from what it looks for without reading the cells, each of which is a miss of the cache in a
 * large table.
 */
final class CellSlots {
  private static final int LEAST = 2;
  private static final int MOST = 1 << 30;
  private static final int KEPT = 64;
  private static final int LINE = 16;
  private static final int SPREAD = 0x85EBCA6B;
  private static final int FREE = 0;

  /**
   * One more than the number of a cell, in the bits of {@link #numbers}, and its {@link #tag} in
   * those above; {@link #FREE} where there is none.
   */
  private int[] slots = new int[LEAST];

  /** The bits that a number may need. */
  private int numbers = numbers(LEAST);

  private int size;
  private final Numbered cells = new Numbered(most(LEAST) + 1);

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
    int taken = slots[slot];
    return taken == FREE ? null : cells.at(number(taken));
  }

  /**
   * The cell with a number, from 0 to {@link #size} - 1. Numbers are in the order in which cells
   * entered, but that the last one takes that of one which leaves.
   */
  Cell numbered(int number) {
    return cells.at(number);
  }

  /** Where a cell is. */
  int slotOfNumber(int number) {
    int i = home(cells.at(number).hash());
    while (number(slots[i]) != number) {
      i = next(i);
    }
    return i;
  }

  /** Where the key's cell is, or the free slot where it would be. */
  int slotOf(Object tableKey, int hash) {
    int wanted = tag(hash);
    int i = home(hash);
    for (int taken = slots[i]; taken != FREE; taken = slots[i]) {
      if (isTagged(taken, wanted) && cells.at(number(taken)).holds(tableKey, hash)) {
        return i;
      }
      i = next(i);
    }
    return i;
  }

  /** The first cell that may be the one of a key with this hash: seldom another; null: none. */
  @Nullable Cell likely(int hash) {
    int wanted = tag(hash);
    int i = home(hash);
    int taken = slots[i];
    while (taken != FREE && !isTagged(taken, wanted)) {
      i = next(i);
      taken = slots[i];
    }
    return taken == FREE ? null : cells.at(number(taken));
  }

  /** Where a probe begins. */
  private int home(int hash) {
    return (int) ((Integer.toUnsignedLong(hash) * slots.length) >>> Integer.SIZE);
  }

  private int next(int slot) {
    return slot + 1 == slots.length ? 0 : slot + 1;
  }

  /** Its upper bits depend on all of the hash: the first ones alone say where a probe begins. */
  private static int tag(int hash) {
    return hash * SPREAD;
  }

  private boolean isTagged(int taken, int tag) {
    return ((taken ^ tag) & ~numbers) == 0;
  }

  private int number(int taken) {
    return (taken & numbers) - 1;
  }

  private int taken(Cell cell, int number) {
    return (tag(cell.hash()) & ~numbers) | (number + 1);
  }

  private static int numbers(int slots) {
    return (Integer.highestOneBit(slots) << 1) - 1;
  }

  /** Whether no other cell may enter. */
  boolean isFull() {
    return size >= most(MOST);
  }

  /** How many cells there are at most in so many slots. */
  private static int most(int slots) {
    return (int) (3L * slots / 4);
  }

  /** Puts a cell into the slot that {@link #slotOf} has found free; not when it is full. */
  void enter(int slot, Cell cell) {
    int number = size++;
    cells.set(number, cell);
    if (size > most(slots.length)) {
      resize(larger(slots.length));
    } else {
      slots[slot] = taken(cell, number);
    }
  }

  /** Large ones grow by half: a cell has at most two slots then. */
  private static int larger(int length) {
    return length < 2 * LINE ? 4 * length : Math.min(MOST, lines(length + length / 2));
  }

  private static int lines(int length) {
    return (length + LINE - 1) & -LINE;
  }

  /** Empties a slot; whatever could have stood in it moves up, so that no probe ends too early. */
  void take(int slot) {
    int number = number(slots[slot]);
    int hole = slot;
    for (int i = next(hole); slots[i] != FREE; i = next(i)) {
      int home = home(cells.at(number(slots[i])).hash());
      if (distance(home, i) >= distance(hole, i)) {
        slots[hole] = slots[i];
        hole = i;
      }
    }
    slots[hole] = FREE;
    renumberLast(number);
  }

  private int distance(int from, int to) {
    return to >= from ? to - from : to - from + slots.length;
  }

  /** The last cell takes a number that has become free. */
  private void renumberLast(int number) {
    size--;
    if (number != size) {
      Cell moved = cells.at(size);
      slots[slotOfNumber(size)] = taken(moved, number);
      cells.set(number, moved);
    }
    cells.forget(size);
  }

  /** Forgets all cells. Keeps its slots, unless most of them were free. */
  void clear() {
    if (slots.length > KEPT && size < slots.length / 4) {
      slots = new int[LEAST];
      numbers = numbers(LEAST);
    } else {
      Arrays.fill(slots, FREE);
    }
    cells.clear(most(slots.length) + 1);
    size = 0;
  }

  /** Gives back slots when nearly all are free. */
  void trim() {
    if (slots.length > KEPT && size < slots.length / 16) {
      resize(Math.max(KEPT, lines(4 * size)));
    }
  }

  /** Visits all cells, mostly in the order in which they entered; none may enter or leave. */
  void forEach(Consumer<? super Cell> visitor) {
    for (int number = 0; number < size; number++) {
      visitor.accept(cells.at(number));
    }
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
    int length = slots.length;
    long first = (from * length) >>> Integer.SIZE;
    long end = Math.min(length, first + slotCount);
    for (int i = (int) first; i < end; i++) {
      Cell each = at(i);
      if (each != null) {
        visitor.accept(each);
      }
    }
    // Those that found their places taken stand behind them, up to the next free slot.
    int i = end == length ? 0 : (int) end;
    for (Cell each = at(i); each != null; each = at(i)) {
      visitor.accept(each);
      i = next(i);
    }
    // The least hash whose probe begins there.
    return ((end << Integer.SIZE) + length - 1) / length;
  }

  private void resize(int length) {
    slots = new int[length];
    numbers = numbers(length);
    cells.resize(most(length) + 1);
    for (int number = 0; number < size; number++) {
      Cell each = cells.at(number);
      int i = home(each.hash());
      while (slots[i] != FREE) {
        i = next(i);
      }
      slots[i] = taken(each, number);
    }
  }

  /**
   * Cells by their numbers, which begin with 0. Many stand in chunks, each of which is made when
   * its first cell comes: a collector finds new cells in a new array, which it looks through
   * anyway, and none is copied when there are more.
   */
  private static final class Numbered {
    private static final int BITS = 14;
    private static final int CHUNK = 1 << BITS;
    private static final @Nullable Cell[] NO_CELLS = {};
    private static final @Nullable Cell[][] NO_CHUNKS = {};

    /** The first chunk, which is as small as it may be. */
    private @Nullable Cell[] first = NO_CELLS;

    /** All chunks by what is left of a number without its lower bits, when there are several. */
    private @Nullable Cell[] @Nullable [] chunks = NO_CHUNKS;

    Numbered(int capacity) {
      resize(capacity);
    }

    void clear(int capacity) {
      first = NO_CELLS;
      chunks = NO_CHUNKS;
      resize(capacity);
    }

    /** Makes room for numbers below {@code capacity}; those in use are. */
    void resize(int capacity) {
      first = Arrays.copyOf(first, Math.min(CHUNK, capacity));
      chunks = capacity <= CHUNK ? NO_CHUNKS : Arrays.copyOf(chunks, ((capacity - 1) >>> BITS) + 1);
    }

    Cell at(int number) {
      @Nullable Cell[] chunk = number < CHUNK ? first : chunk(number);
      Cell cell = chunk[number & (CHUNK - 1)];
      if (cell == null) {
        throw new IllegalStateException("a slot has cell " + number + ", which is not there");
      }
      return cell;
    }

    private @Nullable Cell[] chunk(int number) {
      @Nullable Cell[] chunk = chunks[number >>> BITS];
      if (chunk == null) {
        throw new IllegalStateException("there is no room for cell " + number);
      }
      return chunk;
    }

    void set(int number, Cell cell) {
      @Nullable Cell[] chunk = first;
      if (number >= CHUNK) {
        int i = number >>> BITS;
        if (chunks[i] == null) {
          chunks[i] = new @Nullable Cell[CHUNK];
        }
        chunk = chunk(number);
      }
      chunk[number & (CHUNK - 1)] = cell;
    }

    /** The number is the last one, and free. The chunk after its own is given back. */
    void forget(int number) {
      @Nullable Cell[] chunk = number < CHUNK ? first : chunk(number);
      chunk[number & (CHUNK - 1)] = null;
      int next = (number >>> BITS) + 1;
      if (next < chunks.length) {
        chunks[next] = null;
      }
    }
  }
}
