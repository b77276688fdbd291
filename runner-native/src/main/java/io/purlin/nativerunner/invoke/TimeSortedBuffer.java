package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.element.WindowedElement;
import io.purlin.nativerunner.element.WindowedElementCoder;
import io.purlin.nativerunner.keyed.KeyedScope;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.StateTag;
import org.apache.beam.runners.core.StateTags;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.OrderedListState;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Elements of the current key and window, kept until they can be handed over in the order of time.
 *
 * <p>An element is handed over when the watermark has passed its timestamp + allowed lateness, by a
 * timer at the earliest such time, which holds the output watermark at the earliest timestamp. All
 * of it is keyed state. Owned by the task's thread.
 */
public final class TimeSortedBuffer {
  private static final String TIMER = "__sorted";
  private static final Instant MIN = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private static final Instant LIMIT = BoundedWindow.TIMESTAMP_MAX_VALUE.plus(Duration.millis(1));
  // A timer later than this could not fire before the end of time.
  private static final long LAST_TIMER = GlobalWindow.INSTANCE.maxTimestamp().getMillis();
  private static final StateTag<ValueState<Long>> EARLIEST =
      StateTags.makeSystemTagInternal(StateTags.value("earliest", VarLongCoder.of()));

  private final StateTag<OrderedListState<WindowedElement>> elements;
  private final Coder<BoundedWindow> windowCoder;
  private final long latenessMillis;
  private final KeyedScope scope;
  private final CurrentElement current;

  /**
   * @param spec the ParDo that wants its input sorted
   * @param scope keyed state and timers
   * @param current metadata of the element being passed
   */
  public TimeSortedBuffer(DoFnSpec spec, KeyedScope scope, CurrentElement current) {
    this.windowCoder = spec.windowCoder();
    this.elements =
        StateTags.makeSystemTagInternal(
            StateTags.orderedList(
                "sorted", new WindowedElementCoder(spec.inputCoder(), windowCoder)));
    this.latenessMillis = spec.windowing().getAllowedLateness().getMillis();
    this.scope = scope;
    scope.declare(elements);
    scope.declare(EARLIEST);
    this.current = current;
  }

  /** Whether the current element can still be put in order. */
  public boolean isInTime() {
    return scope.inputWatermark() <= due(current.timestampMillis());
  }

  /** When an element of a timestamp is handed over, at the latest when its window ends. */
  private long due(long millis) {
    return millis > LAST_TIMER - latenessMillis ? LAST_TIMER : millis + latenessMillis;
  }

  /** Keeps a value, which the current element describes, of the current key. */
  public void add(@Nullable Object value, BoundedWindow window) {
    StateNamespace namespace = StateNamespaces.window(windowCoder, window);
    Instant timestamp = Instant.ofEpochMilli(current.timestampMillis());
    WindowedElement element =
        new WindowedElement(
            value, current.timestampMillis(), window, current.pane(), current.marks());
    scope.stateInternals().state(namespace, elements).add(TimestampedValue.of(element, timestamp));
    Long earliest = scope.stateInternals().state(namespace, EARLIEST).read();
    if (earliest == null || timestamp.getMillis() < earliest) {
      setTimer(namespace, timestamp.getMillis());
    }
  }

  private void setTimer(StateNamespace namespace, long earliest) {
    scope.stateInternals().state(namespace, EARLIEST).write(earliest);
    scope
        .timerInternals()
        .setTimer(
            namespace,
            TIMER,
            "",
            Instant.ofEpochMilli(due(earliest)),
            Instant.ofEpochMilli(earliest),
            TimeDomain.EVENT_TIME);
  }

  /** Whether a timer is the buffer's. */
  public boolean is(TimerData timer) {
    return timer.getTimerId().equals(TIMER);
  }

  /** The buffer's timer for a time has fired: hands over what is due by then. */
  public void deliver(BoundedWindow window, long dueMillis, Receiver receiver) {
    Instant limit =
        dueMillis >= LAST_TIMER ? LIMIT : Instant.ofEpochMilli(dueMillis - latenessMillis + 1);
    deliverBefore(window, limit, receiver);
  }

  /** Hands over everything, at the end of a window. */
  public void deliverAll(BoundedWindow window, Receiver receiver) {
    deliverBefore(window, LIMIT, receiver);
  }

  private void deliverBefore(BoundedWindow window, Instant limit, Receiver receiver) {
    StateNamespace namespace = StateNamespaces.window(windowCoder, window);
    OrderedListState<WindowedElement> state = scope.stateInternals().state(namespace, elements);
    List<WindowedElement> due = new ArrayList<>();
    state.readRange(MIN, limit).forEach(each -> due.add(each.getValue()));
    state.clearRange(MIN, limit);
    Iterator<TimestampedValue<WindowedElement>> rest = state.read().iterator();
    if (rest.hasNext()) {
      setTimer(namespace, rest.next().getTimestamp().getMillis());
    } else {
      scope.stateInternals().state(namespace, EARLIEST).clear();
    }
    Marks before = current.marks();
    for (WindowedElement each : due) {
      current.set(each.millis(), List.of(window), each.pane(), each.marks());
      receiver.receive(each.value());
    }
    current.marks(before);
  }
}
