package io.purlin.nativerunner.web;

import io.purlin.nativerunner.view.JobView;
import java.util.Map;
import org.apache.beam.sdk.metrics.MetricResults;

/** A job that can be looked at. Any thread may ask; no answer waits for the job. */
public interface Watched {
  /** The job as it stands. */
  JobView view();

  /** What user code has counted. */
  MetricResults metrics();

  /** The pipeline's options, as text, secrets and all; they do not change. */
  Map<String, String> options();
}
