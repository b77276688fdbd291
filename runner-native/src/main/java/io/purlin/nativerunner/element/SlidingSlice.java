package io.purlin.nativerunner.element;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * The sliding windows of an element, one object for all elements of a slice: the span of time whose
 * elements have the same windows. Immutable; any thread.
 *
 * <p>Equal to other lists of the same windows, as lists are.
 */
public final class SlidingSlice extends AbstractList<BoundedWindow> implements RandomAccess {
  private final SlidingGrid grid;
  private final List<BoundedWindow> windows;
  private final long startMillis;
  private final long endMillis;
  private final long firstMaxMillis;
  private final long lastMaxMillis;
  // Of many windows; made when it is asked for, by any thread, to the same value.
  private int hash;

  /**
   * @param grid where the windows lie
   * @param startMillis first timestamp of the slice, in event-time milliseconds
   * @param endMillis the first timestamp after it
   * @param windows all windows of its elements
   */
  SlidingSlice(SlidingGrid grid, long startMillis, long endMillis, List<BoundedWindow> windows) {
    this.grid = grid;
    this.startMillis = startMillis;
    this.endMillis = endMillis;
    this.firstMaxMillis = grid.maxMillis(grid.firstWindowEndingAfter(startMillis));
    this.lastMaxMillis = grid.maxMillis(grid.lastWindowStartingBy(startMillis));
    this.windows = windows;
  }

  /** Whether it is of these windows. */
  boolean isOf(SlidingGrid other) {
    return grid.equals(other);
  }

  /** First timestamp of the slice, in event-time milliseconds. */
  public long startMillis() {
    return startMillis;
  }

  /** Last timestamp of the first of the windows. */
  public long firstMaxMillis() {
    return firstMaxMillis;
  }

  /** Last timestamp of the last of the windows. */
  public long lastMaxMillis() {
    return lastMaxMillis;
  }

  /** Whether elements of the timestamp have these windows. */
  public boolean contains(long timestampMillis) {
    return timestampMillis >= startMillis && timestampMillis < endMillis;
  }

  @Override
  public BoundedWindow get(int index) {
    return windows.get(index);
  }

  @Override
  public int size() {
    return windows.size();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    int known = hash;
    if (known == 0) {
      known = super.hashCode();
      hash = known;
    }
    return known;
  }
}
