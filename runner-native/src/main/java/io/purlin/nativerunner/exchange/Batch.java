package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import java.util.Arrays;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * Elements that travel together from one task to another, or across a seam of a chain: parallel
 * columns, so that an element costs no object of its own, and metadata that all of them share costs
 * nothing.
 *
 * <p>Owned by the producer until it is sent, then by the consumer until its credit is returned.
 * Arrays of references are made anew for each filling: a store of a young object into an array that
 * has been recycled since long pays G1's write barrier, element by element.
 */
public final class Batch {
  private final int capacity;
  private final Column<Collection<? extends BoundedWindow>> windows = new Column<>();
  private final Column<PaneInfo> panes = new Column<>();
  private final Column<Marks> marks = new Column<>();
  private @Nullable Object[] values = NONE;
  private long[] timestamps = NO_TIMESTAMPS;
  private int size;
  private int full;

  private static final @Nullable Object[] NONE = {};
  private static final long[] NO_TIMESTAMPS = {};

  /** A batch with room for {@code capacity} elements, at least 1. */
  public Batch(int capacity) {
    this.capacity = capacity;
    this.full = capacity;
  }

  /** It is full with so many elements, from 1 to its capacity. */
  void fillTo(int elements) {
    full = elements;
  }

  /** Appends a value with the current element's metadata; there must be room. */
  public void add(@Nullable Object value, CurrentElement current) {
    if (size == 0) {
      begin();
    }
    int i = size++;
    values[i] = value;
    timestamps[i] = current.timestampMillis();
    windows.set(i, current.windows(), capacity);
    panes.set(i, current.pane(), capacity);
    marks.set(i, current.marks(), capacity);
  }

  private void begin() {
    values = new Object[capacity];
    if (timestamps.length == 0) {
      timestamps = new long[capacity];
    }
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  /** Whether it holds as many elements as it is to be sent with. */
  public boolean isFull() {
    return size >= full;
  }

  /** The values of all elements, at their places; not to be changed, and there may be more room. */
  public @Nullable Object[] values() {
    return values;
  }

  /** Makes element {@code i} the current one and returns its value. */
  public @Nullable Object load(int i, CurrentElement current) {
    current.set(timestamps[i], windows.get(i), panes.get(i), marks.get(i));
    return values[i];
  }

  /** Drops its elements, so that a batch that waits to be filled keeps nothing alive. */
  public void clear() {
    values = NONE;
    windows.clear();
    panes.clear();
    marks.clear();
    size = 0;
  }

  /**
   * One kind of metadata: the first element's, and an array only once another element's differs.
   */
  private static final class Column<T> {
    private @Nullable T first;
    private @Nullable Object @Nullable [] all;

    @SuppressWarnings("ReferenceEquality") // whether it can be shared, not whether it is equal
    void set(int i, T value, int capacity) {
      if (all != null) {
        all[i] = value;
      } else if (i == 0) {
        first = value;
      } else if (value != first) {
        all = new Object[capacity];
        Arrays.fill(all, 0, i, first);
        all[i] = value;
      }
    }

    @SuppressWarnings({"unchecked", "NullAway"}) // holds what set was given for this element
    T get(int i) {
      return all == null ? first : (T) all[i];
    }

    void clear() {
      first = null;
      all = null;
    }
  }
}
