package io.purlin.nativerunner.element;

import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where sliding windows and their slices lie in time. Immutable.
 *
 * <p>Windows start at {@code offset + k * period}. The windows of an element are those from a first
 * to a last one, and the slice of these is where timestamps have exactly them: it starts at {@code
 * max(last, first + size - period)}. So a window consists of the slices that start within it.
 *
 * @param sizeMillis length of the windows
 * @param periodMillis from the start of one to the start of the next
 * @param offsetMillis start of one of them, from 0 to the period
 */
public record SlidingGrid(long sizeMillis, long periodMillis, long offsetMillis) {

  /** The grid of a window function. */
  public static SlidingGrid of(SlidingWindows windows) {
    return new SlidingGrid(
        windows.getSize().getMillis(),
        windows.getPeriod().getMillis(),
        windows.getOffset().getMillis());
  }

  /** Whether windows overlap. */
  public boolean overlaps() {
    return sizeMillis > periodMillis;
  }

  /**
   * The slice whose elements have these windows.
   *
   * @return null if no slice has them: they were assigned one by one, or by Beam to a time before
   *     1970, where its sliding windows have gaps
   */
  public @Nullable SlidingSlice slice(Collection<? extends BoundedWindow> windows) {
    if (windows instanceof SlidingSlice slice && slice.isOf(this)) {
      return slice;
    }
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    for (BoundedWindow each : windows) {
      if (!(each instanceof IntervalWindow window) || !isMine(window)) {
        return null;
      }
      first = Math.min(first, window.start().getMillis());
      last = Math.max(last, window.start().getMillis());
    }
    if (windows.isEmpty() || windows.size() != (last - first) / periodMillis + 1) {
      return null;
    }
    long start = Math.max(last, first + sizeMillis - periodMillis);
    long end = Math.min(last + periodMillis, first + sizeMillis);
    return start < end ? new SlidingSlice(this, start, end, List.copyOf(windows)) : null;
  }

  private boolean isMine(IntervalWindow window) {
    long start = window.start().getMillis();
    return window.end().getMillis() - start == sizeMillis
        && Math.floorMod(start - offsetMillis, periodMillis) == 0;
  }

  /** The number of the slice at a time; a slice ends where a window starts or ends. */
  public long sliceNumber(long millis) {
    long sincePeriod = Math.floorMod(millis - offsetMillis, periodMillis);
    long part = sincePeriod >= sizeMillis % periodMillis ? 1 : 0;
    return 2 * Math.floorDiv(millis - offsetMillis, periodMillis) + part;
  }

  /** Start of the first window that ends after a time. */
  public long firstWindowEndingAfter(long millis) {
    return offsetMillis
        + (Math.floorDiv(millis - sizeMillis - offsetMillis, periodMillis) + 1) * periodMillis;
  }

  /** Start of the last window that starts at a time or before it. */
  public long lastWindowStartingBy(long millis) {
    return offsetMillis + Math.floorDiv(millis - offsetMillis, periodMillis) * periodMillis;
  }

  /** The window that starts at {@code startMillis}. */
  public IntervalWindow window(long startMillis) {
    return new IntervalWindow(
        Instant.ofEpochMilli(startMillis), Instant.ofEpochMilli(startMillis + sizeMillis));
  }

  /** Last timestamp of the window that starts at {@code startMillis}. */
  public long maxMillis(long startMillis) {
    return startMillis + sizeMillis - 1;
  }
}
