package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.time.WatermarkHolds;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * Elements that were put aside until the side inputs of their window can be read, in order of
 * arrival. They hold the watermark at their timestamps. Owned by the task's thread.
 */
final class WaitingElements {
  private record Waiting(@Nullable Object value, long millis, PaneInfo pane, Marks marks) {}

  private final Map<BoundedWindow, Queue<Waiting>> byWindow = new LinkedHashMap<>();
  private final WatermarkHolds holds = new WatermarkHolds();
  private final CurrentElement current;

  WaitingElements(CurrentElement current) {
    this.current = current;
  }

  boolean isEmpty() {
    return byWindow.isEmpty();
  }

  /** Whether elements of a window wait. */
  boolean has(BoundedWindow window) {
    return byWindow.containsKey(window);
  }

  /** Puts a value aside, with the current element's metadata, in one of its windows. */
  void add(@Nullable Object value, BoundedWindow window) {
    long millis = current.timestampMillis();
    byWindow
        .computeIfAbsent(window, w -> new ArrayDeque<>())
        .add(new Waiting(value, millis, current.pane(), current.marks()));
    holds.add(millis);
  }

  /** The earliest timestamp; {@code Long.MAX_VALUE} if nothing waits. */
  long holdMillis() {
    return byWindow.isEmpty() ? Long.MAX_VALUE : holds.minMillis();
  }

  /** The windows of which elements wait and for which {@code isReady} holds. */
  List<BoundedWindow> ready(Predicate<BoundedWindow> isReady) {
    return byWindow.isEmpty() ? List.of() : byWindow.keySet().stream().filter(isReady).toList();
  }

  /** Hands on what waits in a window; the current element is the same before and after. */
  void release(BoundedWindow window, Receiver receiver) {
    Queue<Waiting> queue = byWindow.remove(window);
    if (queue == null) {
      return;
    }
    long millis = current.timestampMillis();
    Collection<? extends BoundedWindow> windows = current.windows();
    PaneInfo pane = current.pane();
    Marks marks = current.marks();
    List<BoundedWindow> only = List.of(window);
    for (Waiting each : queue) {
      holds.remove(each.millis());
      current.set(each.millis(), only, each.pane(), each.marks());
      receiver.receive(each.value());
    }
    current.set(millis, windows, pane, marks);
  }
}
