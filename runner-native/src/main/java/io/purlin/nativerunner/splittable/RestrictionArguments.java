package io.purlin.nativerunner.splittable;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a DoFn may ask for that makes a tracker, or truncates. */
final class RestrictionArguments<InputT, OutputT>
    extends DoFnInvoker.BaseArgumentProvider<InputT, OutputT> {
  private final WindowedValue<InputT> element;
  private final Object restriction;
  private final @Nullable RestrictionTracker<?, ?> tracker;
  private final PipelineOptions options;

  RestrictionArguments(
      WindowedValue<InputT> element,
      Object restriction,
      @Nullable RestrictionTracker<?, ?> tracker,
      PipelineOptions options) {
    this.element = element;
    this.restriction = restriction;
    this.tracker = tracker;
    this.options = options;
  }

  @Override
  public InputT element(DoFn<InputT, OutputT> fn) {
    return element.getValue();
  }

  @Override
  public Object restriction() {
    return restriction;
  }

  @Override
  public RestrictionTracker<?, ?> restrictionTracker() {
    return tracker == null ? super.restrictionTracker() : tracker;
  }

  @Override
  public Instant timestamp(DoFn<InputT, OutputT> fn) {
    return element.getTimestamp();
  }

  @Override
  public PaneInfo paneInfo(DoFn<InputT, OutputT> fn) {
    return element.getPaneInfo();
  }

  @Override
  public BoundedWindow window() {
    return element.getWindows().iterator().next();
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return options;
  }

  @Override
  public String getErrorContext() {
    return "a restriction between two calls";
  }
}
