package io.purlin.nativerunner;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A {@link NativeRunner} for tests: {@link #run} returns when the pipeline has ended, and throws
 * what failed it. A failed assertion is thrown as it is.
 */
public final class TestNativeRunner extends PipelineRunner<PipelineResult> {
  private final NativeRunner runner;

  private TestNativeRunner(NativeRunner runner) {
    this.runner = runner;
  }

  /** Called by Beam through reflection. */
  public static TestNativeRunner fromOptions(PipelineOptions options) {
    return new TestNativeRunner(NativeRunner.fromOptions(options));
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    PipelineResult result = runner.run(pipeline);
    try {
      result.waitUntilFinish();
    } catch (Pipeline.PipelineExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw e;
    }
    return result;
  }
}
