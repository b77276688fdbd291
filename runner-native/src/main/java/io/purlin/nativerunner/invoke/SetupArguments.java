package io.purlin.nativerunner.invoke;

import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;

/**
 * What {@code @Setup} may ask for.
 *
 * @param <InputT> type of the elements
 * @param <OutputT> type of the main output
 */
public final class SetupArguments<InputT, OutputT>
    extends DoFnInvoker.BaseArgumentProvider<InputT, OutputT> {
  private final PipelineOptions options;

  /** Arguments with the given options. */
  public SetupArguments(PipelineOptions options) {
    this.options = options;
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return options;
  }

  @Override
  public String getErrorContext() {
    return "@Setup";
  }
}
