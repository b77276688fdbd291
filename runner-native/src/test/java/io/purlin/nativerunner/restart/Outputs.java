package io.purlin.nativerunner.restart;

import io.purlin.nativerunner.job.Job;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.joda.time.Instant;

/**
 * Counts every element under its own name, with timestamp, window and pane. Counters are part of
 * checkpoints: what is lost is missing here, what is doubled counts two.
 *
 * @param <T> type of the elements
 */
final class Outputs<T> extends DoFn<T, Void> {
  private static final long serialVersionUID = 1L;
  private static final String NAMESPACE = "outputs";

  private final String name;

  /**
   * @param name of the collection
   */
  Outputs(String name) {
    this.name = name;
  }

  @ProcessElement
  public void process(
      @Element T value, @Timestamp Instant timestamp, BoundedWindow window, PaneInfo pane) {
    Metrics.counter(
            NAMESPACE,
            name
                + " "
                + value
                + " @"
                + timestamp.getMillis()
                + " "
                + window
                + " "
                + pane.getTiming()
                + pane.getIndex())
        .inc();
  }

  /** What a job has put out, and how often. */
  static Map<String, Long> of(Job job) {
    Map<String, Long> found = new TreeMap<>();
    MetricsFilter filter =
        MetricsFilter.builder().addNameFilter(MetricNameFilter.inNamespace(NAMESPACE)).build();
    for (MetricResult<Long> each : job.metrics().queryMetrics(filter).getCounters()) {
      found.merge(each.getName().getName(), each.getCommitted(), Long::sum);
    }
    return found;
  }
}
