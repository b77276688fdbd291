package io.purlin.nativerunner.window.merging;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;

/**
 * Sessions: intervals that overlap unite. So the active ones of a key do not overlap; they are in
 * the order of time, and those that an interval overlaps are found by bisection.
 */
final class SessionMerging implements WindowMerging {
  @Override
  public List<Union> unions(List<ActiveWindow> active, BoundedWindow window) {
    IntervalWindow union = (IntervalWindow) window;
    long endMillis = union.end().getMillis();
    int first = place(active, window);
    int end = first;
    while (end < active.size() && interval(active.get(end)).start().getMillis() < endMillis) {
      union = union.span(interval(active.get(end)));
      end++;
    }
    return first == end
        ? List.of()
        : List.of(new Union(new ArrayList<>(active.subList(first, end)), true, union));
  }

  @Override
  public int place(List<ActiveWindow> active, BoundedWindow window) {
    long startMillis = ((IntervalWindow) window).start().getMillis();
    int low = 0;
    int high = active.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (interval(active.get(middle)).end().getMillis() > startMillis) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static IntervalWindow interval(ActiveWindow active) {
    return (IntervalWindow) active.open.window;
  }
}
