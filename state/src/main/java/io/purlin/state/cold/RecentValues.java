package io.purlin.state.cold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The values that were put into a table last, once more, in logs: to read one takes a look at an
 * array and one system call, where RocksDB looks through the filters, indexes and blocks of each of
 * its runs.
 *
 * <p>Two logs, of which the older is given up when the newer is full. An index, which is an open
 * hash table, has the CRC-32C of a key and where its last value is; that the key is the one asked
 * for is seen when the value is read. So whatever the index has forgotten, or another key has
 * pushed out, is merely looked for in the database. What must hold: whoever changes the entry of a
 * key in the database puts it here, or has it {@linkplain #forget forgotten}.
 *
 * <p>A position goes on from log to log and never comes again. Owned by the table's thread.
 */
final class RecentValues {
  /** Stands for the position of a value that is not here. */
  static final long NONE = ValueLog.NONE;

  /** Larger ones cost what copying them does, wherever they are. */
  static final int MOST_VALUE_BYTES = 1 << 20;

  private static final int LEAST_SLOTS = 1 << 8;
  private static final int MOST_SLOTS = 1 << 26;

  /** What a slot says of where a value is: nothing, in a slot that was never taken. */
  private static final int FREE = 0;

  /** Nowhere any more. */
  private static final int GONE = 1;

  private static final int FIRST = 2;

  private static final int NOT_FOUND = -1;

  /** By so many steps of {@link ValueLog#ALIGNMENT} bytes a slot can be away from the origin. */
  private static final long MOST_STEPS = Integer.MAX_VALUE - FIRST;

  private final Supplier<ValueLog> logs;
  private final LongSupplier mostIndexBytes;
  private final CRC32C crc = new CRC32C();
  private @Nullable ValueLog older;
  private @Nullable ValueLog newer;
  private long olderStart;
  private long newerStart;

  /** Each has the hash of a key in its upper half and in its lower where the value is. */
  private long[] slots = {};

  private int takenSlots;

  /** Of the slots that are taken, those that are not gone, outdated ones among them. */
  private int values;

  private long origin;

  /** What is before is not in the index, whatever a slot may say. */
  private long indexedFrom;

  /**
   * Empty.
   *
   * @param logs makes empty ones, and closes them in the end
   * @param mostIndexBytes how much of the heap the index may take now
   */
  RecentValues(Supplier<ValueLog> logs, LongSupplier mostIndexBytes) {
    this.logs = logs;
    this.mostIndexBytes = mostIndexBytes;
  }

  /** Bytes of the heap that the index takes. */
  long indexBytes() {
    return (long) slots.length * Long.BYTES;
  }

  /**
   * Adds or replaces a value.
   *
   * @return where it is; {@link #NONE} when it is not here
   */
  long put(byte[] key, byte[] value) {
    long position = append(key, value);
    int hash = hash(key);
    if (position == NONE) {
      forget(hash);
    } else {
      index(hash, position);
    }
    return position;
  }

  private long append(byte[] key, byte[] value) {
    if (value.length > MOST_VALUE_BYTES) {
      return NONE;
    }
    ValueLog to = newer == null ? turn() : newer;
    long at = to.append(key, value);
    if (at == ValueLog.NONE && to.length() > 0) {
      at = turn().append(key, value);
    }
    return at == ValueLog.NONE ? NONE : newerStart + at;
  }

  /** The older log gives way to the newer one, and that to an empty one, which is returned. */
  private ValueLog turn() {
    ValueLog last = newer;
    if (older != null) {
      close(older);
    }
    older = last;
    olderStart = newerStart;
    newerStart += last == null ? 0 : last.length();
    indexedFrom = Math.max(indexedFrom, olderStart);
    ValueLog empty = logs.get();
    newer = empty;
    return empty;
  }

  private static void close(ValueLog log) {
    try {
      log.close();
    } catch (IOException e) {
      throw new UncheckedIOException("values that were put away cannot be given up", e);
    }
  }

  /** The last value of a key; null when it is not here. */
  byte @Nullable [] get(byte[] key) {
    int slot = slots.length == 0 ? NOT_FOUND : find(hash(key));
    return slot < 0 || isOutdated(slots[slot]) ? null : at(position(slots[slot]), key);
  }

  /**
   * A value that was put.
   *
   * @param position as {@link #put} gave it
   * @return null when it is not here any more, or it is another key's
   */
  byte @Nullable [] at(long position, byte[] key) {
    ValueLog found = position >= newerStart ? newer : position >= olderStart ? older : null;
    if (position == NONE || found == null) {
      return null;
    }
    return found.read(position - (found == newer ? newerStart : olderStart), key);
  }

  /** What the database has of a key is not what was put here. */
  void forget(byte[] key) {
    if (slots.length > 0) {
      forget(hash(key));
    }
  }

  private void forget(int hash) {
    int slot = slots.length == 0 ? NOT_FOUND : find(hash);
    if (slot >= 0 && (int) slots[slot] != GONE) {
      slots[slot] = slot(hash, GONE);
      if (--values == 0) {
        slots = new long[0];
        takenSlots = 0;
      }
    }
  }

  private int hash(byte[] key) {
    crc.reset();
    crc.update(key, 0, key.length);
    return (int) crc.getValue();
  }

  private static long slot(int hash, int where) {
    return (long) hash << Integer.SIZE | where;
  }

  private static int hashOf(long slot) {
    return (int) (slot >>> Integer.SIZE);
  }

  private long position(long slot) {
    return origin + ((int) slot - FIRST) * (long) ValueLog.ALIGNMENT;
  }

  private boolean isOutdated(long slot) {
    return (int) slot == GONE || position(slot) < indexedFrom;
  }

  /** The slot of a hash; if there is none, below 0 and of the free one -1 - slot. */
  private int find(int hash) {
    int i = home(hash, slots.length);
    while ((int) slots[i] != FREE) {
      if (hashOf(slots[i]) == hash) {
        return i;
      }
      i = i + 1 & slots.length - 1;
    }
    return -1 - i;
  }

  /** Of 32 bits of a CRC, those below are as good as those above. */
  private static int home(int hash, int slotCount) {
    return hash & slotCount - 1;
  }

  private void index(int hash, long position) {
    if ((position - origin) / ValueLog.ALIGNMENT > MOST_STEPS) {
      clear(position);
    }
    if (takenSlots >= slots.length / 4 * 3 && !makeRoom(position)) {
      return;
    }
    int slot = find(hash);
    if (slot < 0) {
      slot = -1 - slot;
      takenSlots++;
      values++;
    } else if ((int) slots[slot] == GONE) {
      values++;
    }
    slots[slot] = slot(hash, FIRST + (int) ((position - origin) / ValueLog.ALIGNMENT));
  }

  /** The index has nothing before a position. */
  private void clear(long position) {
    slots = new long[0];
    takenSlots = 0;
    values = 0;
    origin = position;
    indexedFrom = position;
  }

  /**
   * Makes at least a half of the slots free: what is outdated goes, then there are more slots, and
   * when they may not be more the older half of what was put goes.
   *
   * @return false when the index may have none
   */
  private boolean makeRoom(long end) {
    long most = Math.min(MOST_SLOTS, mostIndexBytes.getAsLong() / Long.BYTES);
    if (most < LEAST_SLOTS) {
      clear(end);
      return false;
    }
    int count = (int) Math.min(Math.max(slots.length, LEAST_SLOTS), Long.highestOneBit(most));
    int current = current();
    while (current > count / 2) {
      if (2L * count <= most) {
        count *= 2;
      } else {
        indexedFrom += (end - indexedFrom) / 2 + 1;
        current = current();
      }
    }
    rebuild(count);
    return true;
  }

  private int current() {
    int current = 0;
    for (long each : slots) {
      current += (int) each == FREE || isOutdated(each) ? 0 : 1;
    }
    return current;
  }

  private void rebuild(int slotCount) {
    long[] before = slots;
    slots = new long[slotCount];
    takenSlots = 0;
    for (long each : before) {
      if ((int) each != FREE && !isOutdated(each)) {
        slots[-1 - find(hashOf(each))] = each;
        takenSlots++;
      }
    }
    values = takenSlots;
  }
}
