package io.purlin.nativerunner.invoke;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.TupleTag;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** What {@code @FinishBundle} sees as its context. Used by the task's thread. */
final class FinishContext extends DoFn<Object, Object>.FinishBundleContext {
  private final OutputPorts ports;
  private final PipelineOptions options;

  FinishContext(Reach reach) {
    reach.fn().super();
    this.ports = reach.ports();
    this.options = reach.context().options();
  }

  @Override
  public PipelineOptions getPipelineOptions() {
    return options;
  }

  @Override
  public void output(@Nullable Object value, Instant timestamp, BoundedWindow window) {
    ports.emitAtEnd(0, value, timestamp, window);
  }

  @Override
  public <T> void output(TupleTag<T> tag, T value, Instant timestamp, BoundedWindow window) {
    ports.emitAtEnd(ports.index(tag), value, timestamp, window);
  }
}
