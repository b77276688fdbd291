package io.purlin.conformance.crash;

import io.purlin.nativerunner.job.Job;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;

/**
 * The result of a pipeline that has come to its end.
 *
 * @param job its last run
 */
record EndedResult(Job job) implements PipelineResult {
  @Override
  public State getState() {
    return job.state().beam();
  }

  @Override
  public State cancel() {
    return getState();
  }

  @Override
  public State waitUntilFinish() {
    return getState();
  }

  @Override
  public State waitUntilFinish(Duration duration) {
    return getState();
  }

  @Override
  public MetricResults metrics() {
    return job.metrics();
  }
}
