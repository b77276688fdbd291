package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.beam.BeamTimerContext;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import java.util.Collection;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What {@code @OnTimer} sees as its context: one object for all timers. What it emits has the
 * timer's output timestamp and window, which are the current element's. Owned by the task's thread.
 */
final class TimerContext extends BeamTimerContext {
  private final CurrentElement current;
  private final OutputPorts ports;
  private final PipelineOptions options;
  private @Nullable TimerData timer;

  TimerContext(Reach reach) {
    super(reach.fn());
    this.current = reach.context().current();
    this.ports = reach.ports();
    this.options = reach.context().options();
  }

  void timer(TimerData fired) {
    timer = fired;
  }

  /** The timer that is firing. */
  TimerData timer() {
    if (timer == null) {
      throw new IllegalStateException("no timer is firing");
    }
    return timer;
  }

  @Override
  public Instant timestamp() {
    return Instant.ofEpochMilli(current.timestampMillis());
  }

  @Override
  public Instant fireTimestamp() {
    return timer().getTimestamp();
  }

  @Override
  public BoundedWindow window() {
    return OnlyWindow.of(current);
  }

  @Override
  public TimeDomain timeDomain() {
    return timer().getDomain();
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
    ports.emit(0, value);
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
