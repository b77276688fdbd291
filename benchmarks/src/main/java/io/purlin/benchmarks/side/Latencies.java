package io.purlin.benchmarks.side;

import java.util.Arrays;

/**
 * Times that things took, in nanoseconds, all of them kept: what is read is exact. Owned by one
 * thread.
 */
public final class Latencies {
  private static final int FIRST_CAPACITY = 1 << 16;

  private long[] nanos = new long[FIRST_CAPACITY];
  private int size;
  private boolean sorted;

  /** Adds one. */
  public void add(long each) {
    if (size == nanos.length) {
      nanos = Arrays.copyOf(nanos, 2 * size);
    }
    nanos[size++] = each;
    sorted = false;
  }

  /** Adds all of another one. */
  public void addAll(Latencies others) {
    for (int i = 0; i < others.size; i++) {
      add(others.nanos[i]);
    }
  }

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Forgets all. */
  public void clear() {
    size = 0;
  }

  /**
   * The smallest that is not exceeded by so large a part of all (the nearest rank).
   *
   * @param share above 0, to 1
   * @throws IllegalStateException when there is none
   */
  public long part(double share) {
    if (size == 0) {
      throw new IllegalStateException("nothing was measured");
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, size);
      sorted = true;
    }
    return nanos[Math.max(1, (int) Math.ceil(share * size)) - 1];
  }

  /** Half, 99 % and 99.9 % of all, their number: how a side answers with them. */
  public long[] figures() {
    return new long[] {part(0.5), part(0.99), part(0.999), size};
  }
}
