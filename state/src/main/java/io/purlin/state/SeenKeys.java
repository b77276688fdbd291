package io.purlin.state;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A set of encoded keys by window, each with the number of the segment that had it first: as many
 * as there are cells in segments, so that they stand in few large arrays.
 *
 * <p>Open addressing with linear probing; an entry is its window, segment and length (4 bytes each)
 * and the key. Holds up to 32 GB of entries. Owned by one thread.
 */
final class SeenKeys {
  /** The segment of a key that none had. */
  static final int NONE = -1;

  private static final int UNIT_BITS = 3;
  private static final int BLOCK_BITS = 20;
  private static final int UNITS_BITS = BLOCK_BITS - UNIT_BITS;
  private static final int HEAD_BYTES = 3 * Integer.BYTES;
  private static final long POSITION = 0xFFFF_FFFFL;
  private static final long FIRST_FACTOR = 0x9E3779B97F4A7C15L;
  private static final long SECOND_FACTOR = 0xC2B2AE3D27D4EB4FL;

  /** A hash in the upper half, and one more than the position of the entry; 0: free. */
  private long[] slots = new long[16];

  private int size;
  private final List<ByteBuffer> blocks = new ArrayList<>();

  /** Where the next entry goes, in units of 8 bytes, of which each block has as many. */
  private long end;

  private int usedOfLast;

  /** Whether there is none. */
  boolean isEmpty() {
    return size == 0;
  }

  /** The segment that had a key first; {@link #NONE} when none had it. */
  int segmentOf(int window, byte[] key, int length) {
    long found = slots[slotOf(hash(window, key, length), window, key, length)];
    if (found == 0) {
      return NONE;
    }
    long position = (found & POSITION) - 1;
    return block(position).getInt(offset(position) + Integer.BYTES);
  }

  /**
   * Adds a key unless it is there.
   *
   * @return the segment that had it first, which is this one if none had it
   */
  int add(int window, byte[] key, int length, int segment) {
    int hash = hash(window, key, length);
    int slot = slotOf(hash, window, key, length);
    if (slots[slot] != 0) {
      long position = (slots[slot] & POSITION) - 1;
      return block(position).getInt(offset(position) + Integer.BYTES);
    }
    long position = room(HEAD_BYTES + length);
    ByteBuffer block = block(position);
    int at = offset(position);
    block.putInt(at, window);
    block.putInt(at + Integer.BYTES, segment);
    block.putInt(at + 2 * Integer.BYTES, length);
    block.put(at + HEAD_BYTES, key, 0, length);
    slots[slot] = ((long) hash << Integer.SIZE) | (position + 1);
    size++;
    if (2L * size > slots.length) {
      grow();
    }
    return segment;
  }

  private ByteBuffer block(long position) {
    return blocks.get((int) (position >>> UNITS_BITS));
  }

  private static int offset(long position) {
    return (int) (position & ((1 << UNITS_BITS) - 1)) << UNIT_BITS;
  }

  private long room(int bytes) {
    int rounded = (bytes + (1 << UNIT_BITS) - 1) & -(1 << UNIT_BITS);
    if (blocks.isEmpty() || usedOfLast + rounded > 1 << BLOCK_BITS) {
      end = (long) blocks.size() << UNITS_BITS;
      if (end + (1 << UNITS_BITS) >= POSITION) {
        throw new IllegalStateException("segments have too many keys to be read: " + size);
      }
      // One that is larger than a block has a larger one for itself.
      blocks.add(ByteBuffer.allocate(Math.max(rounded, 1 << BLOCK_BITS)));
      usedOfLast = 0;
    }
    long position = end;
    end += rounded >>> UNIT_BITS;
    usedOfLast += rounded;
    return position;
  }

  private int slotOf(int hash, int window, byte[] key, int length) {
    int mask = slots.length - 1;
    int i = hash & mask;
    for (long each = slots[i]; each != 0; each = slots[i]) {
      if ((int) (each >>> Integer.SIZE) == hash
          && holds((each & POSITION) - 1, window, key, length)) {
        return i;
      }
      i = (i + 1) & mask;
    }
    return i;
  }

  private boolean holds(long position, int window, byte[] key, int length) {
    ByteBuffer block = block(position);
    int at = offset(position);
    if (block.getInt(at) != window || block.getInt(at + 2 * Integer.BYTES) != length) {
      return false;
    }
    int i = 0;
    while (i < length && block.get(at + HEAD_BYTES + i) == key[i]) {
      i++;
    }
    return i == length;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[Math.multiplyExact(old.length, 2)];
    int mask = slots.length - 1;
    for (long each : old) {
      if (each != 0) {
        int i = (int) (each >>> Integer.SIZE) & mask;
        while (slots[i] != 0) {
          i = (i + 1) & mask;
        }
        slots[i] = each;
      }
    }
  }

  /** Keys that are numbers, short and dense, must not share hashes: whole words are multiplied. */
  private static int hash(int window, byte[] key, int length) {
    long hash = window * SECOND_FACTOR + length;
    long word = 0;
    for (int i = 0; i < length; i++) {
      word = (word << Byte.SIZE) | (key[i] & 0xFF);
      if ((i + 1) % Long.BYTES == 0) {
        hash = mixed(hash, word);
        word = 0;
      }
    }
    hash = mixed(hash, word);
    return (int) (hash ^ (hash >>> Integer.SIZE));
  }

  private static long mixed(long hash, long word) {
    long mixed = (hash ^ word) * FIRST_FACTOR;
    return (mixed ^ (mixed >>> 29)) * SECOND_FACTOR;
  }
}
