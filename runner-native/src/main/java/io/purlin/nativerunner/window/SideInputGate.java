package io.purlin.nativerunner.window;

import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.ReadyCheckingSideInputReader;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the elements whose window's side inputs are not ready.
 *
 * <p>While an element waits here, its operator must not let its watermark pass {@link #holdMillis}:
 * the element is then as timely when it is let in as it was when it came. Owned by the task's
 * thread; lives as long as its operator.
 */
final class SideInputGate {
  private final List<PCollectionView<?>> views;
  private final ReadyCheckingSideInputReader reader;
  private List<Waiting> waiting = new ArrayList<>();

  /** An element in one of its windows. */
  record Waiting(
      @Nullable Object key, @Nullable Object value, long timestampMillis, BoundedWindow window) {}

  SideInputGate(List<PCollectionView<?>> views, ReadyCheckingSideInputReader reader) {
    this.views = views;
    this.reader = reader;
  }

  /** Whether elements of the window may be processed now. */
  boolean isOpen(BoundedWindow window) {
    for (int i = 0; i < views.size(); i++) {
      PCollectionView<?> view = views.get(i);
      if (!reader.isReady(view, view.getWindowMappingFn().getSideInputWindow(window))) {
        return false;
      }
    }
    return true;
  }

  void add(Waiting element) {
    waiting.add(element);
  }

  /** Takes out the elements that may be processed now, in the order in which they came. */
  List<Waiting> takeReady() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Waiting> ready = new ArrayList<>();
    List<Waiting> still = new ArrayList<>();
    for (Waiting each : waiting) {
      (isOpen(each.window()) ? ready : still).add(each);
    }
    waiting = still;
    return ready;
  }

  /** The earliest timestamp that waits, in milliseconds; {@code Long.MAX_VALUE} if none does. */
  long holdMillis() {
    long earliest = Long.MAX_VALUE;
    for (Waiting each : waiting) {
      earliest = Math.min(earliest, each.timestampMillis());
    }
    return earliest;
  }
}
