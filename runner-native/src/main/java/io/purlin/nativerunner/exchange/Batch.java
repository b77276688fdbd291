package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import java.util.Arrays;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * Elements that travel together from one task to another: parallel arrays, so that an element costs
 * no object of its own.
 *
 * <p>Owned by the producer until it is sent, then by the consumer until its credit is returned.
 */
public final class Batch {
  private final @Nullable Object[] values;
  private final long[] timestamps;
  private final Collection<? extends BoundedWindow>[] windows;
  private final PaneInfo[] panes;
  private final Marks[] marks;
  private int size;

  /** A batch with room for {@code capacity} elements. */
  @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be created
  Batch(int capacity) {
    values = new Object[capacity];
    timestamps = new long[capacity];
    windows = new Collection[capacity];
    panes = new PaneInfo[capacity];
    marks = new Marks[capacity];
  }

  /** Appends a value with the current element's metadata; there must be room. */
  void add(@Nullable Object value, CurrentElement current) {
    int i = size++;
    values[i] = value;
    timestamps[i] = current.timestampMillis();
    windows[i] = current.windows();
    panes[i] = current.pane();
    marks[i] = current.marks();
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  boolean isFull() {
    return size == values.length;
  }

  /** Makes element {@code i} the current one and returns its value. */
  public @Nullable Object load(int i, CurrentElement current) {
    current.set(timestamps[i], windows[i], panes[i], marks[i]);
    return values[i];
  }

  /** Drops the references to its elements, so that a recycled batch keeps nothing alive. */
  void clear() {
    Arrays.fill(values, 0, size, null);
    size = 0;
  }
}
