package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.beam.BeamProcessContext;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import java.util.Collection;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @ProcessElement} sees as its context: one object for all elements. Positions that are
 * called directly have a copy of this class of their own, see {@link ClassPattern}.
 *
 * <p>Invariant: while user code runs, {@link #element} is the value that it was given, the rest is
 * the task's current element. Owned by the task's thread; lives as long as the DoFn.
 */
final class ElementContext extends BeamProcessContext implements ElementHolder {
  private final CurrentElement current;
  private final int step;
  private final OutputPorts ports;
  private final SideInputs sideInputs;
  private final PipelineOptions options;
  private Receiver main = Receiver.NOBODY;
  private @Nullable Object element;

  ElementContext(Reach reach) {
    super(reach.fn());
    this.current = reach.context().current();
    this.step = reach.context().step();
    this.ports = reach.ports();
    this.sideInputs = reach.sideInputs();
    this.options = reach.context().options();
  }

  @Override
  public void wire(Receiver newMain) {
    main = newMain;
  }

  @Override
  public void element(@Nullable Object value) {
    element = value;
  }

  @Override
  @SuppressWarnings("NullAway") // Beam declares no null here, yet elements may be null
  public Object element() {
    return element;
  }

  @Override
  @SuppressWarnings("NullAway") // what a view holds may be null
  public <T> T sideInput(PCollectionView<T> view) {
    return sideInputs.get(view, OnlyWindow.of(current));
  }

  @Override
  public Instant timestamp() {
    return Instant.ofEpochMilli(current.timestampMillis());
  }

  @Override
  public PaneInfo pane() {
    return current.pane();
  }

  @Override
  public @Nullable String currentRecordId() {
    return current.marks().recordId();
  }

  @Override
  public @Nullable Long currentRecordOffset() {
    return current.marks().recordOffset();
  }

  @Override
  protected Marks marks() {
    return current.marks();
  }

  @Override
  public PipelineOptions getPipelineOptions() {
    return options;
  }

  @Override
  public void output(@Nullable Object value) {
    main.receive(value);
    current.step(step);
  }

  @Override
  public void outputWithTimestamp(@Nullable Object value, Instant timestamp) {
    ports.emitAt(0, value, timestamp);
  }

  @Override
  public void outputWindowedValue(
      @Nullable Object value,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    ports.emit(0, value, timestamp, windows, pane);
  }

  @Override
  public void outputWindowedValue(WindowedValue<Object> value) {
    ports.emit(0, value);
  }

  @Override
  public <T> void output(TupleTag<T> tag, T value) {
    ports.emit(ports.index(tag), value);
  }

  @Override
  public <T> void outputWithTimestamp(TupleTag<T> tag, T value, Instant timestamp) {
    ports.emitAt(ports.index(tag), value, timestamp);
  }

  @Override
  public <T> void outputWindowedValue(
      TupleTag<T> tag,
      T value,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    ports.emit(ports.index(tag), value, timestamp, windows, pane);
  }

  @Override
  public <T> void outputWindowedValue(TupleTag<T> tag, WindowedValue<T> value) {
    ports.emit(ports.index(tag), value);
  }
}
