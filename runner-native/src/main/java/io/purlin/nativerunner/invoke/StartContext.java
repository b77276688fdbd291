package io.purlin.nativerunner.invoke;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;

/** What {@code @StartBundle} sees as its context. */
final class StartContext extends DoFn<Object, Object>.StartBundleContext {
  private final PipelineOptions options;

  StartContext(Reach reach) {
    reach.fn().super();
    this.options = reach.context().options();
  }

  @Override
  public PipelineOptions getPipelineOptions() {
    return options;
  }
}
