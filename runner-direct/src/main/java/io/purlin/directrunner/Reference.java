package io.purlin.directrunner;

import org.apache.beam.runners.direct.DirectOptions;
import org.apache.beam.runners.direct.DirectRunner;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;

/** Runs programs and hands out what they made. */
public final class Reference {
  private Reference() {}

  /**
   * Runs a program on the DirectRunner, which checks that no step changes an element and that every
   * element can be encoded.
   *
   * @throws Pipeline.PipelineExecutionException if the pipeline fails
   */
  public static CapturedOutputs run(Program program) {
    DirectOptions options = PipelineOptionsFactory.create().as(DirectOptions.class);
    options.setRunner(DirectRunner.class);
    options.setEnforceImmutability(true);
    options.setEnforceEncodability(true);
    return run(options, program);
  }

  /**
   * Runs a program on the runner that its options name, in this process, until it has ended.
   *
   * @throws Pipeline.PipelineExecutionException if the pipeline fails
   * @throws IllegalStateException if it ends otherwise than done
   */
  public static CapturedOutputs run(PipelineOptions options, Program program) {
    try (CaptureSession session = CaptureSession.open()) {
      Pipeline pipeline = Pipeline.create(options);
      program.build(pipeline, session);
      PipelineResult.State end = pipeline.run().waitUntilFinish();
      if (end != PipelineResult.State.DONE) {
        throw new IllegalStateException("the pipeline ended as " + end);
      }
      return session.outputs();
    }
  }
}
