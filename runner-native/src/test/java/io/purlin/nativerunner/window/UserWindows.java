package io.purlin.nativerunner.window;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.transforms.windowing.WindowMappingFn;
import org.joda.time.Duration;
import org.joda.time.Instant;

/** Window functions as users write them, whose windows merge. */
final class UserWindows {
  private UserWindows() {}

  /**
   * One time in four begins a long window, which takes in the short ones that begin in it, also
   * such as were there before; a short one may never find one.
   */
  static final class LongAndShort extends Merging {
    private static final long serialVersionUID = 1L;
    private static final long SHORT = 5;
    private static final long LONG = 15;

    @Override
    long lengthMillis(long timestamp) {
      return timestamp % 4 == 0 ? LONG : SHORT;
    }

    @Override
    public void mergeWindows(MergeContext context) throws Exception {
      List<IntervalWindow> shorts = new ArrayList<>();
      List<IntervalWindow> longs = new ArrayList<>();
      for (IntervalWindow each : sorted(context)) {
        (each.end().getMillis() - each.start().getMillis() == LONG ? longs : shorts).add(each);
      }
      for (IntervalWindow each : longs) {
        List<IntervalWindow> united = new ArrayList<>();
        shorts.removeIf(
            one ->
                !one.start().isBefore(each.start())
                    && one.start().isBefore(each.end())
                    && united.add(one));
        if (!united.isEmpty()) {
          united.add(each);
          context.merge(united, each);
        }
      }
    }
  }

  /** Sessions that are no longer than 30 ms: what would make one longer begins another. */
  static final class CappedSessions extends Merging {
    private static final long serialVersionUID = 1L;
    private static final long CAP = 30;

    @Override
    long lengthMillis(long timestamp) {
      return 8;
    }

    @Override
    public void mergeWindows(MergeContext context) throws Exception {
      List<IntervalWindow> united = new ArrayList<>();
      for (IntervalWindow each : sorted(context)) {
        if (!united.isEmpty() && !fits(united, each)) {
          merge(context, united);
          united = new ArrayList<>();
        }
        united.add(each);
      }
      merge(context, united);
    }

    private static boolean fits(List<IntervalWindow> united, IntervalWindow next) {
      IntervalWindow span = span(united);
      long length = next.end().getMillis() - span.start().getMillis();
      return next.start().isBefore(span.end()) && length <= CAP;
    }

    private static IntervalWindow span(List<IntervalWindow> united) {
      return united.stream().reduce(IntervalWindow::span).orElseThrow();
    }

    private static void merge(
        WindowFn<Object, IntervalWindow>.MergeContext context, List<IntervalWindow> united)
        throws Exception {
      if (united.size() > 1) {
        context.merge(united, span(united));
      }
    }
  }

  /** Each window becomes the stretch of ten milliseconds in which it begins, also one alone. */
  static final class Stretches extends Merging {
    private static final long serialVersionUID = 1L;
    private static final long LENGTH = 10;

    @Override
    long lengthMillis(long timestamp) {
      return 1;
    }

    @Override
    public void mergeWindows(MergeContext context) throws Exception {
      Map<IntervalWindow, List<IntervalWindow>> stretches =
          new TreeMap<>(Comparator.comparing(IntervalWindow::start));
      for (IntervalWindow each : context.windows()) {
        stretches.computeIfAbsent(stretch(each), start -> new ArrayList<>()).add(each);
      }
      for (Map.Entry<IntervalWindow, List<IntervalWindow>> each : stretches.entrySet()) {
        if (!each.getValue().equals(List.of(each.getKey()))) {
          context.merge(each.getValue(), each.getKey());
        }
      }
    }

    private static IntervalWindow stretch(IntervalWindow window) {
      long begin = Math.floorDiv(window.start().getMillis(), LENGTH) * LENGTH;
      return new IntervalWindow(Instant.ofEpochMilli(begin), Duration.millis(LENGTH));
    }
  }

  private abstract static class Merging extends WindowFn<Object, IntervalWindow> {
    private static final long serialVersionUID = 1L;

    abstract long lengthMillis(long timestamp);

    @Override
    public final Collection<IntervalWindow> assignWindows(AssignContext context) {
      return List.of(
          new IntervalWindow(
              context.timestamp(), Duration.millis(lengthMillis(context.timestamp().getMillis()))));
    }

    static List<IntervalWindow> sorted(WindowFn<Object, IntervalWindow>.MergeContext context) {
      List<IntervalWindow> all = new ArrayList<>(context.windows());
      all.sort(Comparator.comparing(IntervalWindow::start).thenComparing(IntervalWindow::end));
      return all;
    }

    @Override
    public final boolean isCompatible(WindowFn<?, ?> other) {
      return other.getClass() == getClass();
    }

    @Override
    public final Coder<IntervalWindow> windowCoder() {
      return IntervalWindow.getCoder();
    }

    @Override
    public final WindowMappingFn<IntervalWindow> getDefaultWindowMappingFn() {
      throw new UnsupportedOperationException("not for side inputs");
    }

    @Override
    public final String toString() {
      return getClass().getSimpleName();
    }
  }
}
