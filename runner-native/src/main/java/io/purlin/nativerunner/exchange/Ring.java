package io.purlin.nativerunner.exchange;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue between one producing and one consuming thread, after Lamport.
 *
 * <p>Invariant: 0 &lt;= tail - head &lt;= capacity. Each index is written by one side alone, and a
 * slot is handed over by the release write of the index behind it. Indices only grow, and the
 * number of slots is a power of two, so that no wrap can tear the order.
 *
 * @param <E> type of the entries
 */
final class Ring<E> {
  private final AtomicReferenceArray<@Nullable E> slots;
  private final int capacity;
  private final int mask;
  private final AtomicLong head = new AtomicLong();
  private final AtomicLong tail = new AtomicLong();

  /** A ring that holds at most {@code capacity} entries, 1 to 2^30. */
  Ring(int capacity) {
    this.capacity = capacity;
    int length = Integer.highestOneBit(Math.max(1, 2 * capacity - 1));
    this.slots = new AtomicReferenceArray<>(length);
    this.mask = length - 1;
  }

  /** Appends an entry; false when there is no room. Producer only. */
  boolean offer(E entry) {
    long at = tail.getPlain();
    if (at - head.getAcquire() >= capacity) {
      return false;
    }
    slots.setPlain((int) at & mask, entry);
    tail.setRelease(at + 1);
    return true;
  }

  /** Takes the oldest entry; null when there is none. Consumer only. */
  @Nullable E poll() {
    long at = head.getPlain();
    if (at == tail.getAcquire()) {
      return null;
    }
    int slot = (int) at & mask;
    E entry = slots.getPlain(slot);
    slots.setPlain(slot, null);
    head.setRelease(at + 1);
    return entry;
  }

  /** Number of entries at the moment. Any thread; exact when both sides rest. */
  int size() {
    long from = head.getAcquire();
    return (int) Math.max(0, Math.min(capacity, tail.getAcquire() - from));
  }
}
