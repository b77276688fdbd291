package io.purlin.nativerunner;

import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/** Lets the runner's options be parsed from the command line. */
public final class NativeOptionsRegistrar implements PipelineOptionsRegistrar {
  @Override
  public Iterable<Class<? extends PipelineOptions>> getPipelineOptions() {
    return List.of(NativePipelineOptions.class);
  }
}
