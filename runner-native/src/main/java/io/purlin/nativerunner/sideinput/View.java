package io.purlin.nativerunner.sideinput;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One side input's contents by window, and how far its writer has come.
 *
 * <p>Written by one task, read by any. A window is ready when a pane for it was published, or when
 * the writer's watermark says that one would have come by now: then it is empty.
 */
final class View {
  private final PCollectionView<?> view;
  private final WindowingStrategy<?, ?> strategy;
  private final Map<BoundedWindow, ViewContents> windows = new ConcurrentHashMap<>();
  private final ViewContents empty;
  private volatile long writerWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  View(PCollectionView<?> view) {
    this.view = view;
    this.strategy = view.getWindowingStrategyInternal();
    this.empty = new ViewContents(view, List.of());
  }

  void publish(BoundedWindow window, Iterable<?> elements) {
    windows.put(window, new ViewContents(view, elements));
  }

  void writerWatermark(long millis) {
    writerWatermark = millis;
  }

  /** Drops the contents of windows that no reader can ask for any more. */
  void dropBefore(long readersMillis) {
    windows.keySet().removeIf(w -> w.maxTimestamp().getMillis() < readersMillis);
  }

  boolean isReady(BoundedWindow window) {
    return windows.containsKey(window) || writerHasPassed(window);
  }

  /** The contents; empty ones when the writer has passed the window without a pane. */
  @Nullable ViewContents contents(BoundedWindow window) {
    ViewContents found = windows.get(window);
    if (found != null) {
      return found;
    }
    // The writer publishes before its watermark passes: look again after seeing it pass.
    if (!writerHasPassed(window)) {
      return null;
    }
    found = windows.get(window);
    return found != null ? found : empty;
  }

  private boolean writerHasPassed(BoundedWindow window) {
    return writerWatermark
        >= strategy.getTrigger().getWatermarkThatGuaranteesFiring(window).getMillis();
  }
}
