package io.purlin.nativerunner;

import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.web.Watched;
import java.util.Map;
import org.apache.beam.sdk.metrics.MetricResults;

/**
 * A job of this runner as it is looked at.
 *
 * @param job the job
 * @param options its options as text
 */
record WatchedJob(Job job, Map<String, String> options) implements Watched {
  @Override
  public JobView view() {
    return job.view();
  }

  @Override
  public MetricResults metrics() {
    return job.metrics();
  }
}
