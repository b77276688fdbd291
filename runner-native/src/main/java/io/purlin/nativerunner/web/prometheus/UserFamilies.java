package io.purlin.nativerunner.web.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.purlin.nativerunner.view.JobView;
import java.util.List;
import java.util.Objects;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;

/**
 * What user code and sources count through Beam, all tasks together, attempted. Step, namespace and
 * name are labels: people choose them, and a metric of Prometheus cannot have any name. Stateless.
 */
final class UserFamilies {
  private static final String PREFIX = "purlin_beam_";

  private UserFamilies() {}

  /** Adds the user metrics of a job. */
  static void addTo(MetricSnapshots.Builder all, JobView job, MetricResults metrics) {
    MetricQueryResults results = metrics.allMetrics();
    Family counters = new Family(PREFIX + "counter", "Beam's counters.");
    for (MetricResult<Long> each : results.getCounters()) {
      counters.add(labels(job, each), each.getAttempted());
    }
    Family gauges = new Family(PREFIX + "gauge", "Beam's gauges.");
    for (MetricResult<GaugeResult> each : results.getGauges()) {
      gauges.add(labels(job, each), each.getAttempted().getValue());
    }
    Family count = new Family(PREFIX + "distribution_values", "How many values there were.");
    Family sum = new Family(PREFIX + "distribution_sum", "Sum of the values.");
    Family min = new Family(PREFIX + "distribution_min", "The lowest value.");
    Family max = new Family(PREFIX + "distribution_max", "The highest value.");
    for (MetricResult<DistributionResult> each : results.getDistributions()) {
      DistributionResult value = each.getAttempted();
      Labels labels = labels(job, each);
      count.add(labels, value.getCount());
      sum.add(labels, value.getSum());
      if (value.getCount() > 0) {
        min.add(labels, value.getMin());
        max.add(labels, value.getMax());
      }
    }
    for (Family family : List.of(counters, gauges, count, sum, min, max)) {
      all.metricSnapshot(family.snapshot());
    }
  }

  private static Labels labels(JobView job, MetricResult<?> metric) {
    return JobFamilies.labels(job)
        .merge(
            Labels.of(
                "step",
                Objects.requireNonNullElse(metric.getKey().stepName(), ""),
                "namespace",
                metric.getName().getNamespace(),
                "name",
                metric.getName().getName()));
  }
}
