package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.beam.BeamMarks;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The way from user code to the receivers of its outputs.
 *
 * <p>Invariant: after every call the current element and step are those of before. Owned by the
 * task's thread; lives as long as the DoFn instance.
 */
final class OutputPorts {
  private final CurrentElement current;
  private final int step;
  private final Receiver[] receivers;
  private final TupleTag<?> main;
  private final Map<TupleTag<?>, Integer> indexes = new HashMap<>();
  private final TimestampBounds bounds;

  OutputPorts(DoFnSpec spec, InvokeContext context) {
    this.current = context.current();
    this.step = context.step();
    this.receivers = new Receiver[spec.outputs().count()];
    this.main = spec.outputs().main();
    for (TupleTag<?> tag : spec.outputs().tags()) {
      indexes.put(tag, indexes.size());
    }
    this.bounds = new TimestampBounds(spec.fn());
  }

  /** Says where the outputs go, once, before the first element. */
  void wire(List<Receiver> wired) {
    wired.toArray(receivers);
  }

  /**
   * The index of a tag's output.
   *
   * @throws IllegalArgumentException when the ParDo has no such output
   */
  int index(TupleTag<?> tag) {
    if (main.equals(tag)) {
      return 0;
    }
    Integer index = indexes.get(tag);
    if (index == null) {
      throw new IllegalArgumentException("Unknown output tag " + tag);
    }
    return index;
  }

  /**
   * Emits a value like the current element, or like a timer, which may have no output timestamp.
   */
  void emit(int output, @Nullable Object value) {
    if (current.timestampMillis() > BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis()) {
      bounds.checkOutput(
          current.timestampMillis(), Instant.ofEpochMilli(current.timestampMillis()));
    }
    receivers[output].receive(value);
    current.step(step);
  }

  /** Emits a value with another timestamp, which is checked. */
  void emitAt(int output, @Nullable Object value, Instant timestamp) {
    long before = current.timestampMillis();
    bounds.checkOutput(before, timestamp);
    current.timestampMillis(timestamp.getMillis());
    emit(output, value);
    current.timestampMillis(before);
  }

  /** Emits a value with its own timestamp, which is checked, windows and pane. */
  void emit(
      int output,
      @Nullable Object value,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    bounds.checkOutput(current.timestampMillis(), timestamp);
    emitUnchecked(output, value, timestamp.getMillis(), windows, pane, current.marks());
  }

  /** Emits a value with metadata of its own; the timestamp is checked. */
  void emit(int output, WindowedValue<?> value) {
    bounds.checkOutput(current.timestampMillis(), value.getTimestamp());
    emitUnchecked(
        output,
        value.getValue(),
        value.getTimestamp().getMillis(),
        value.getWindows(),
        value.getPaneInfo(),
        BeamMarks.of(value));
  }

  /** Emits a value at the end of a bundle, where no element is current. */
  void emitAtEnd(int output, @Nullable Object value, Instant timestamp, BoundedWindow window) {
    emitUnchecked(
        output, value, timestamp.getMillis(), List.of(window), PaneInfo.NO_FIRING, Marks.NONE);
  }

  private void emitUnchecked(
      int output,
      @Nullable Object value,
      long millis,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane,
      Marks marks) {
    long millisBefore = current.timestampMillis();
    Collection<? extends BoundedWindow> windowsBefore = current.windows();
    PaneInfo paneBefore = current.pane();
    Marks marksBefore = current.marks();
    current.set(millis, windows, pane, marks);
    emit(output, value);
    current.set(millisBefore, windowsBefore, paneBefore, marksBefore);
  }

  /** A builder that starts from the current element and has no receiver yet. */
  <T> WindowedValues.Builder<T> builder(T value) {
    WindowedValues.Builder<T> builder =
        WindowedValues.<T>builder()
            .setValue(value)
            .setTimestamp(Instant.ofEpochMilli(current.timestampMillis()))
            .setWindows(current.windows())
            .setPaneInfo(current.pane());
    BeamMarks.set(builder, current.marks());
    return builder;
  }
}
