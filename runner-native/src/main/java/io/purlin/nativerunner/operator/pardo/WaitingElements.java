package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.element.WindowedElement;
import io.purlin.nativerunner.element.WindowedElementCoder;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.time.WatermarkHolds;
import io.purlin.state.PartSpec;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import io.purlin.state.keys.CoderPrint;
import io.purlin.state.keys.KeyGroups;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.function.Predicate;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Elements that were put aside, by window and in order of arrival, until the side inputs of their
 * window can be read or a checkpoint has made them durable. They hold the watermark at their
 * timestamps. Owned by the task's thread.
 */
final class WaitingElements implements Snapshottable {
  private final Map<BoundedWindow, Queue<WindowedElement>> byWindow = new LinkedHashMap<>();
  private final WatermarkHolds holds = new WatermarkHolds();
  private final CurrentElement current;
  private final WindowedElementCoder coder;
  private final PartSpec part;
  private final @Nullable KeyGroups groups;

  /**
   * @param spec the ParDo; if it is stateful, an element waits where its key's state is
   * @param context where the ParDo stands
   */
  WaitingElements(DoFnSpec spec, OperatorContext context) {
    this(spec, context, "waiting");
  }

  /** The same, for others that wait in the same step. */
  WaitingElements(DoFnSpec spec, OperatorContext context, String name) {
    this.current = context.current();
    this.coder = new WindowedElementCoder(spec.inputCoder(), spec.windowCoder());
    this.part =
        new PartSpec(
            context.stepName() + "/" + name,
            "waiting elements/1",
            Map.of("coder", CoderPrint.of(coder)));
    this.groups =
        spec.isStateful() ? new KeyGroups(spec.keyCoder(), context.maxParallelism()) : null;
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
    add(
        new WindowedElement(
            value, current.timestampMillis(), window, current.pane(), current.marks()));
  }

  private void add(WindowedElement element) {
    byWindow.computeIfAbsent(element.window(), w -> new ArrayDeque<>()).add(element);
    holds.add(element.millis());
  }

  /** The earliest timestamp; {@code Long.MAX_VALUE} if nothing waits. */
  long holdMillis() {
    return byWindow.isEmpty() ? Long.MAX_VALUE : holds.minMillis();
  }

  /** The windows of which elements wait and for which {@code isReady} holds. */
  List<BoundedWindow> ready(Predicate<BoundedWindow> isReady) {
    return byWindow.isEmpty() ? List.of() : byWindow.keySet().stream().filter(isReady).toList();
  }

  /** The windows of which elements wait. */
  List<BoundedWindow> windows() {
    return List.copyOf(byWindow.keySet());
  }

  /** Lets everything wait with others, behind what waits there. */
  void moveTo(WaitingElements others) {
    byWindow.values().forEach(queue -> queue.forEach(others::add));
    byWindow.values().forEach(queue -> queue.forEach(each -> holds.remove(each.millis())));
    byWindow.clear();
  }

  /** Hands on what waits in a window; the current element is the same before and after. */
  void release(BoundedWindow window, Receiver receiver) {
    Queue<WindowedElement> queue = byWindow.remove(window);
    if (queue == null) {
      return;
    }
    long millis = current.timestampMillis();
    Collection<? extends BoundedWindow> windows = current.windows();
    PaneInfo pane = current.pane();
    Marks marks = current.marks();
    List<BoundedWindow> only = List.of(window);
    for (WindowedElement each : queue) {
      holds.remove(each.millis());
      current.set(each.millis(), only, each.pane(), each.marks());
      receiver.receive(each.value());
    }
    current.set(millis, windows, pane, marks);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    if (byWindow.isEmpty()) {
      return;
    }
    sink.begin(part);
    for (Queue<WindowedElement> queue : byWindow.values()) {
      for (WindowedElement each : queue) {
        coder.encode(each, sink.frame());
        if (groups != null && each.value() instanceof KV<?, ?> pair) {
          sink.keyed(groups.keyGroup(pair.getKey()));
        } else {
          sink.spread();
        }
      }
    }
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (!source.part().name().equals(part.name())) {
      return false;
    }
    part.accept(source.part());
    for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
      add(coder.decode(in));
    }
    return true;
  }
}
