package io.purlin.pipelines.job;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;

/** One run of a {@link Job}: its pipeline, and what only the job knows about how it goes. */
public interface JobRun extends AutoCloseable {
  /** The pipeline, ready to be run once. */
  Pipeline pipeline();

  /** Starts what feeds the pipeline, if anything does. Called once, just before the pipeline. */
  default void start() {}

  /**
   * How far the run is.
   *
   * @throws UserError when what feeds the pipeline has failed
   */
  Progress progress(PipelineResult result);

  /** Compares what the finished pipeline has written with what it should have. */
  Summary check(PipelineResult result);

  /** Stops what {@link #start} has started. */
  @Override
  default void close() {}
}
