package io.purlin.nativerunner.operator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Predicate;
import org.apache.beam.runners.core.ReadyCheckingSideInputReader;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Elements that wait for side inputs, each in one window, in the order they came.
 *
 * <p>Owned by the task's thread. Invariant: {@link #holdMillis} is at most the timestamp of each
 * element that waits.
 *
 * @param <T> type of the elements
 */
final class PutAside<T> {
  private final Collection<PCollectionView<?>> views;
  private final ReadyCheckingSideInputReader sideInputs;
  private List<WindowedValue<T>> waiting = new ArrayList<>();
  private long holdMillis = Long.MAX_VALUE;

  PutAside(Collection<PCollectionView<?>> views, ReadyCheckingSideInputReader sideInputs) {
    this.views = List.copyOf(views);
    this.sideInputs = sideInputs;
  }

  /** Whether every side input is ready for elements of a window. */
  boolean isReady(BoundedWindow window) {
    for (PCollectionView<?> view : views) {
      if (!sideInputs.isReady(view, view.getWindowMappingFn().getSideInputWindow(window))) {
        return false;
      }
    }
    return true;
  }

  boolean isEmpty() {
    return waiting.isEmpty();
  }

  void add(WindowedValue<T> element) {
    waiting.add(element);
    holdMillis = Math.min(holdMillis, element.getTimestamp().getMillis());
  }

  /** The earliest timestamp that waits; {@code Long.MAX_VALUE} if none does. */
  long holdMillis() {
    return holdMillis;
  }

  /** Takes out the elements that are ready now, in order. */
  List<WindowedValue<T>> takeReady() {
    List<WindowedValue<T>> ready = new ArrayList<>();
    List<WindowedValue<T>> remaining = new ArrayList<>();
    Predicate<WindowedValue<T>> isReady = e -> isReady(e.getWindows().iterator().next());
    for (WindowedValue<T> element : waiting) {
      (isReady.test(element) ? ready : remaining).add(element);
    }
    waiting = remaining;
    holdMillis = Long.MAX_VALUE;
    for (WindowedValue<T> element : remaining) {
      holdMillis = Math.min(holdMillis, element.getTimestamp().getMillis());
    }
    return ready;
  }
}
