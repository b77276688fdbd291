package io.purlin.nativerunner;

import io.purlin.nativerunner.job.Job;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.apache.beam.sdk.util.UserCodeException;
import org.joda.time.Duration;
import org.jspecify.annotations.Nullable;

/** How a pipeline that was started goes on. May be used by any thread. */
final class NativePipelineResult implements PipelineResult, EngineCounters, RestAddress {
  private final Job job;
  private final OptionalInt restPort;

  /**
   * @param job what was started
   * @param restPort where it can be looked at; empty for nowhere
   */
  NativePipelineResult(Job job, OptionalInt restPort) {
    this.job = job;
    this.restPort = restPort;
  }

  @Override
  public State getState() {
    return job.state().beam();
  }

  /** Tells the pipeline to stop and waits for nothing: user code may take as long as it likes. */
  void stop() {
    job.cancel();
  }

  /** Stops the pipeline, waits until it has stopped, and may be called again. */
  @Override
  public State cancel() {
    job.cancel();
    return job.awaitEnd().beam();
  }

  @Override
  public State waitUntilFinish() {
    job.awaitEnd();
    return ended();
  }

  /**
   * Waits at most {@code duration}; less than a millisecond means for ever.
   *
   * @return the state at the end; null when the pipeline still runs
   */
  @Override
  public @Nullable State waitUntilFinish(Duration duration) {
    if (duration.getMillis() < 1) {
      return waitUntilFinish();
    }
    return job.awaitEnd(duration.getMillis()) ? ended() : null;
  }

  private State ended() {
    Throwable failure = job.failure();
    if (failure != null) {
      throw new Pipeline.PipelineExecutionException(cause(failure));
    }
    return job.state().beam();
  }

  /** What user code threw, without the wrappers of how it was called. */
  private static Throwable cause(Throwable failure) {
    Throwable found = failure;
    while (found instanceof UserCodeException && found.getCause() != null) {
      found = found.getCause();
    }
    return found;
  }

  @Override
  public MetricResults metrics() {
    return job.metrics();
  }

  @Override
  public Map<String, Long> counters() {
    Map<String, Long> byLabel = new TreeMap<>();
    job.counters().forEach((name, value) -> byLabel.put(name.label(), value));
    return byLabel;
  }

  @Override
  public OptionalInt restPort() {
    return restPort;
  }
}
