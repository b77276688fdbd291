package io.purlin.nativerunner.invoke;

import java.util.Collection;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.OutputBuilder;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** One output as user code sees it. Used by the task's thread; lives as long as the DoFn. */
final class PortReceiver implements OutputReceiver<Object> {
  private final OutputPorts ports;
  private final int output;

  PortReceiver(OutputPorts ports, int output) {
    this.ports = ports;
    this.output = output;
  }

  @Override
  public OutputBuilder<Object> builder(Object value) {
    return ports.builder(value).setReceiver(built -> ports.emit(output, built));
  }

  @Override
  public void output(@Nullable Object value) {
    ports.emit(output, value);
  }

  @Override
  public void outputWithTimestamp(@Nullable Object value, Instant timestamp) {
    ports.emitAt(output, value, timestamp);
  }

  @Override
  public void outputWindowedValue(
      @Nullable Object value,
      Instant timestamp,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    ports.emit(output, value, timestamp, windows, pane);
  }
}
