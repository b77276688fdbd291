package io.purlin.nativerunner.time;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import it.unimi.dsi.fastutil.longs.LongHeapPriorityQueue;
import it.unimi.dsi.fastutil.longs.LongIterator;

/**
 * The holds of one operator as a counted minimum: as often as a time was added and not removed, it
 * holds the output watermark.
 *
 * <p>Invariant: every held time is in the heap; the heap may also contain times that are no longer
 * held, at most as many as are held, and these are dropped when they come to its top. Owned by one
 * thread.
 */
public final class WatermarkHolds {
  private static final int LEAST_STALE = 64;

  private final Long2IntOpenHashMap counts = new Long2IntOpenHashMap();
  private final LongHeapPriorityQueue heap = new LongHeapPriorityQueue();

  /** No holds. */
  public WatermarkHolds() {}

  /** Holds at {@code millis}, once more. */
  public void add(long millis) {
    if (counts.addTo(millis, 1) == 0) {
      heap.enqueue(millis);
      if (heap.size() > 2 * counts.size() + LEAST_STALE) {
        rebuild();
      }
    }
  }

  /**
   * Takes one hold at {@code millis} back.
   *
   * @throws IllegalStateException when there is none
   */
  public void remove(long millis) {
    int before = counts.addTo(millis, -1);
    if (before <= 0) {
      throw new IllegalStateException("there is no hold at " + millis);
    }
    if (before == 1) {
      counts.remove(millis);
    }
  }

  /** The earliest hold; {@code Long.MAX_VALUE} if there is none. */
  public long minMillis() {
    while (!heap.isEmpty()) {
      long first = heap.firstLong();
      if (counts.containsKey(first)) {
        return first;
      }
      heap.dequeueLong();
    }
    return Long.MAX_VALUE;
  }

  private void rebuild() {
    heap.clear();
    for (LongIterator held = counts.keySet().iterator(); held.hasNext(); ) {
      heap.enqueue(held.nextLong());
    }
  }
}
