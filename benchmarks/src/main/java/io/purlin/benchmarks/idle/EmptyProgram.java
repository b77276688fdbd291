package io.purlin.benchmarks.idle;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;

/** A bounded pipeline without elements: {@code EmptyProgram <options of the runner>}. */
public final class EmptyProgram {
  private EmptyProgram() {}

  /** Ends as a user's program does: by coming to its end. */
  public static void main(String[] args) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(args).create());
    pipeline.apply(Create.empty(VarLongCoder.of()));
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("it ended " + state);
    }
  }
}
