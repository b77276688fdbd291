package io.purlin.nativerunner;

import io.purlin.sdk.NativePipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestPipelineOptions;
import org.joda.time.Duration;

/**
 * A {@link NativeRunner} for tests: {@link #run} returns when the pipeline has ended, and throws
 * what failed it. A failed assertion is thrown as it is. A pipeline that runs longer than {@code
 * --testTimeoutSeconds} has failed: it is told to stop and left behind. It takes checkpoints only
 * when it is told how often: nobody continues a test.
 */
public final class TestNativeRunner extends PipelineRunner<PipelineResult> {
  private final NativeRunner runner;
  private final Duration timeout;

  private TestNativeRunner(NativeRunner runner, Duration timeout) {
    this.runner = runner;
    this.timeout = timeout;
  }

  /** Called by Beam through reflection. */
  public static TestNativeRunner fromOptions(PipelineOptions options) {
    Long seconds = options.as(TestPipelineOptions.class).getTestTimeoutSeconds();
    Duration timeout = seconds == null ? Duration.ZERO : Duration.standardSeconds(seconds);
    NativePipelineOptions ours = options.as(NativePipelineOptions.class);
    if (ours.getCheckpointingInterval() < 0) {
      ours.setCheckpointingInterval(0L);
    }
    return new TestNativeRunner(NativeRunner.fromOptions(options), timeout);
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    PipelineResult result = runner.run(pipeline);
    try {
      if (result.waitUntilFinish(timeout) == null && result instanceof NativePipelineResult late) {
        late.stop();
        throw new AssertionError("the pipeline did not end within " + timeout);
      }
    } catch (Pipeline.PipelineExecutionException e) {
      if (e.getCause() instanceof AssertionError failed) {
        throw failed;
      }
      throw e;
    }
    return result;
  }
}
