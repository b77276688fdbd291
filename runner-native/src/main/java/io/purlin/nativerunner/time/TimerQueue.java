package io.purlin.nativerunner.time;

import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What is to happen, in order of its time; at the same time, in the order in which it was
 * scheduled.
 *
 * <p>A binary heap whose entries know their place: entry i is not later than its children 2i+1 and
 * 2i+2. Moving or removing an entry takes the logarithm of the size. Owned by one thread.
 *
 * @param <E> the class of the entries
 */
public final class TimerQueue<E extends TimerQueue.Entry> {
  /** Something that is scheduled, in one queue at a time. */
  public abstract static class Entry {
    private static final int NOWHERE = -1;

    private long timeMillis;
    private long sequence;
    private int place = NOWHERE;

    /** An entry that is not scheduled. */
    protected Entry() {}

    /** When it was last scheduled for, in milliseconds. */
    public final long timeMillis() {
      return timeMillis;
    }

    /** Its place among entries of the same time: those that were scheduled later have more. */
    public final long order() {
      return sequence;
    }

    /** Whether it is scheduled. */
    public final boolean isScheduled() {
      return place != NOWHERE;
    }

    private boolean isBefore(Entry other) {
      return timeMillis != other.timeMillis
          ? timeMillis < other.timeMillis
          : sequence < other.sequence;
    }
  }

  private final ArrayList<E> heap = new ArrayList<>();
  private long scheduled;

  /** Nothing scheduled. */
  public TimerQueue() {}

  /** Schedules an entry, or moves it if it is scheduled already. */
  public void schedule(E entry, long timeMillis) {
    Entry fields = entry;
    fields.timeMillis = timeMillis;
    fields.sequence = scheduled++;
    if (fields.place == Entry.NOWHERE) {
      fields.place = heap.size();
      heap.add(entry);
    }
    settle(entry);
  }

  /** Takes an entry out; does nothing if it is not scheduled. */
  public void cancel(E entry) {
    int hole = ((Entry) entry).place;
    if (hole == Entry.NOWHERE) {
      return;
    }
    ((Entry) entry).place = Entry.NOWHERE;
    E last = heap.remove(heap.size() - 1);
    if (last != entry) {
      put(last, hole);
      settle(last);
    }
  }

  /** The earliest entry; null if there is none. */
  public @Nullable E peek() {
    return heap.isEmpty() ? null : heap.get(0);
  }

  /** When the earliest entry is due; {@code Long.MAX_VALUE} if there is none. */
  public long nextMillis() {
    return heap.isEmpty() ? Long.MAX_VALUE : heap.get(0).timeMillis();
  }

  /** Number of entries. */
  public int size() {
    return heap.size();
  }

  private void settle(E entry) {
    int i = ((Entry) entry).place;
    while (i > 0 && ((Entry) entry).isBefore(heap.get((i - 1) / 2))) {
      put(heap.get((i - 1) / 2), i);
      i = (i - 1) / 2;
    }
    for (int child = earlierChild(i);
        child >= 0 && ((Entry) heap.get(child)).isBefore(entry);
        child = earlierChild(i)) {
      put(heap.get(child), i);
      i = child;
    }
    put(entry, i);
  }

  private int earlierChild(int i) {
    int left = 2 * i + 1;
    if (left >= heap.size()) {
      return -1;
    }
    int right = left + 1;
    return right < heap.size() && ((Entry) heap.get(right)).isBefore(heap.get(left)) ? right : left;
  }

  private void put(E entry, int place) {
    ((Entry) entry).place = place;
    heap.set(place, entry);
  }
}
