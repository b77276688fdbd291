package io.purlin.nativerunner.element;

import java.util.TreeMap;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * A windowing as text: where texts differ, state that was kept for one has no meaning for the
 * other. The allowed lateness may change. Stateless.
 */
public final class WindowingPrint {
  private WindowingPrint() {}

  /** The window function, by its class and what it displays. */
  public static String ofWindows(WindowingStrategy<?, ?> strategy) {
    WindowFn<?, ?> fn = strategy.getWindowFn();
    TreeMap<String, String> items = new TreeMap<>();
    DisplayData.from(fn)
        .asMap()
        .forEach((id, item) -> items.put(id.getKey(), String.valueOf(item.getValue())));
    return fn.getClass().getName() + items;
  }

  /** The window function with all that decides when panes fire and what they contain. */
  public static String ofPanes(WindowingStrategy<?, ?> strategy) {
    return ofWindows(strategy)
        + " "
        + strategy.getTrigger()
        + " "
        + strategy.getMode()
        + " "
        + strategy.getTimestampCombiner();
  }
}
