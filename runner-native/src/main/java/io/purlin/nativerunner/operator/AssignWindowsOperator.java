package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.element.SlidingGrid;
import io.purlin.nativerunner.element.SlidingSlice;
import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.util.UserCodeException;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Assigns windows to elements. One that was in several windows is as many elements; one that falls
 * into no window, as between sliding windows with gaps, is none.
 *
 * <p>Consecutive elements usually fall into the same fixed window, so that one's window is kept and
 * used again as long as timestamps stay inside it. Sliding windows are kept by slice, the last one
 * of each place in a small table. Driven by its task's thread.
 */
public final class AssignWindowsOperator implements Operator {
  private static final int SLICES = 256;

  private final WindowFn<Object, BoundedWindow> windowFn;
  private final CurrentElement current;
  private final Outputs outputs;
  private final boolean fixed;
  private final @Nullable SlidingGrid grid;
  private final @Nullable SlidingSlice[] slices = new @Nullable SlidingSlice[SLICES];
  private Receiver next = value -> {};
  private long lastStart = Long.MAX_VALUE;
  private long lastEnd = Long.MIN_VALUE;
  private Collection<? extends BoundedWindow> last = List.of();
  private @Nullable SlidingSlice lastSlice;

  /**
   * @param windowFn the window function; used for elements of any type
   * @param context where the operator stands
   */
  @SuppressWarnings("unchecked") // the function's types follow from the pipeline that was built
  public AssignWindowsOperator(WindowFn<?, ?> windowFn, OperatorContext context) {
    this.windowFn = (WindowFn<Object, BoundedWindow>) windowFn;
    this.current = context.current();
    this.outputs = context.outputs();
    this.fixed = windowFn instanceof FixedWindows;
    this.grid = windowFn instanceof SlidingWindows sliding ? SlidingGrid.of(sliding) : null;
  }

  @Override
  public void open() {
    next = outputs.receiver(0);
  }

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {
    Collection<? extends BoundedWindow> before = current.windows();
    if (before.size() == 1) {
      emit(value);
    } else {
      for (BoundedWindow each : before) {
        current.windows(List.of(each));
        emit(value);
      }
    }
    current.windows(before);
  }

  private void emit(@Nullable Object value) {
    Collection<? extends BoundedWindow> assigned =
        fixed ? fixedWindow(value) : grid != null ? slidingWindows(grid, value) : assign(value);
    if (assigned.isEmpty()) {
      return;
    }
    current.windows(assigned);
    next.receive(value);
  }

  private Collection<? extends BoundedWindow> fixedWindow(@Nullable Object value) {
    long timestamp = current.timestampMillis();
    if (timestamp < lastStart || timestamp >= lastEnd) {
      last = assign(value);
      IntervalWindow window = (IntervalWindow) last.iterator().next();
      lastStart = window.start().getMillis();
      lastEnd = window.end().getMillis();
    }
    return last;
  }

  private Collection<? extends BoundedWindow> slidingWindows(
      SlidingGrid of, @Nullable Object value) {
    long timestamp = current.timestampMillis();
    if (timestamp < 0) {
      // Beam's windows before 1970 do not repeat.
      return assign(value);
    }
    SlidingSlice before = lastSlice;
    if (before != null && before.contains(timestamp)) {
      return before;
    }
    int place = (int) of.sliceNumber(timestamp) & (SLICES - 1);
    SlidingSlice found = slices[place];
    if (found != null && found.contains(timestamp)) {
      lastSlice = found;
      return found;
    }
    Collection<? extends BoundedWindow> assigned = assign(value);
    SlidingSlice slice = of.slice(assigned);
    if (slice == null) {
      return assigned;
    }
    slices[place] = slice;
    lastSlice = slice;
    return slice;
  }

  private Collection<? extends BoundedWindow> assign(@Nullable Object value) {
    try {
      return List.copyOf(windowFn.assignWindows(new Context(windowFn, value)));
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    outputs.watermark(inputMillis);
  }

  @Override
  public void close() {}

  /** What the window function may ask about the element. */
  private final class Context extends WindowFn<Object, BoundedWindow>.AssignContext {
    private final @Nullable Object value;

    Context(WindowFn<Object, BoundedWindow> fn, @Nullable Object value) {
      fn.super();
      this.value = value;
    }

    @Override
    @SuppressWarnings("NullAway") // Beam declares no null here, yet elements may be null
    public Object element() {
      return value;
    }

    @Override
    public Instant timestamp() {
      return Instant.ofEpochMilli(current.timestampMillis());
    }

    @Override
    public BoundedWindow window() {
      return current.windows().iterator().next();
    }
  }
}
