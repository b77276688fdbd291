package io.purlin.pipelines.job;

import java.util.OptionalLong;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;

/** Reads a pipeline's own metrics while it runs: what was attempted, over all steps. */
public final class RunMetrics {
  private final PipelineResult result;

  /** Reads from {@code result}. */
  public RunMetrics(PipelineResult result) {
    this.result = result;
  }

  /** The sum of a counter; 0 while no step has touched it. */
  public long count(Class<?> owner, String name) {
    long sum = 0;
    for (MetricResult<Long> counter : query(owner, name).getCounters()) {
      sum += counter.getAttempted();
    }
    return sum;
  }

  /** The largest value that a distribution has seen. */
  public OptionalLong max(Class<?> owner, String name) {
    OptionalLong max = OptionalLong.empty();
    for (MetricResult<DistributionResult> distribution : query(owner, name).getDistributions()) {
      DistributionResult seen = distribution.getAttempted();
      if (seen.getCount() > 0) {
        max = OptionalLong.of(Math.max(seen.getMax(), max.orElse(Long.MIN_VALUE)));
      }
    }
    return max;
  }

  private MetricQueryResults query(Class<?> owner, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder().addNameFilter(MetricNameFilter.named(owner, name)).build());
  }
}
