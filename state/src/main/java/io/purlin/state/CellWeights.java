package io.purlin.state;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Estimates what cells take on the heap, in bytes, from what they take encoded: fixed bytes for a
 * cell with its key and slot, and twice the encoding.
 *
 * <p>A new cell is taken to be like those that were measured lately. A cell that is used is
 * measured with a chance that falls with its weight, so that a use costs about {@link #BYTES_A_USE}
 * encoded bytes, however large the cell. Owned by a table; the same uses give the same estimates.
 */
final class CellWeights {
  private static final int FIXED = 120;
  private static final int BYTES_A_USE = 64;
  private static final int MOST_OFTEN = 4;

  private final CountingStream counter = new CountingStream();
  private long random = 0x9E3779B97F4A7C15L;
  private long average = FIXED + 64;

  /** The weight of a cell that nobody has measured. */
  int ofNew() {
    return clamp(average);
  }

  /** The weight of a cell by its encoded size, of which the average learns. */
  int ofEncoded(long bytes) {
    long weight = FIXED + 2 * bytes;
    average += (weight - average) / 16;
    return clamp(weight);
  }

  /** Whether a cell that was used should be measured now. */
  boolean isDue(int weight) {
    random ^= random << 13;
    random ^= random >>> 7;
    random ^= random << 17;
    long chances = Math.max(MOST_OFTEN, weight / BYTES_A_USE);
    return Math.floorMod(random, chances) == 0;
  }

  /** Measures a cell. */
  <C extends Cell> int measure(CellType<C> type, C cell) throws IOException {
    counter.count = 0;
    type.weigh(cell, counter);
    return ofEncoded(counter.count);
  }

  private static int clamp(long weight) {
    return (int) Math.min(Integer.MAX_VALUE, weight);
  }

  /** Counts bytes and forgets them. */
  private static final class CountingStream extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      count += length;
    }
  }
}
