package io.purlin.nativerunner.metrics;

import io.purlin.nativerunner.element.CurrentElement;
import java.util.List;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.BoundedTrie;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Histogram;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.StringSet;
import org.apache.beam.sdk.util.HistogramData;

/**
 * User metrics of one task: for each call the cells of the step whose code runs, which {@link
 * CurrentElement#step()} tells. So the container is set once for the thread and not for each
 * element.
 *
 * <p>Written by the task's thread; cells may be read by any.
 */
public final class TaskMetrics implements MetricsContainer {
  private static final long serialVersionUID = 1L;

  // Beam declares containers serializable; this one never leaves its process.
  private final transient CurrentElement current;
  private final MetricsContainerImpl[] steps;

  /**
   * @param current tells the running step
   * @param stepNames names of all steps of the job, by index
   */
  TaskMetrics(CurrentElement current, List<String> stepNames) {
    this.current = current;
    this.steps =
        stepNames.stream().map(MetricsContainerImpl::new).toArray(MetricsContainerImpl[]::new);
  }

  MetricsContainerImpl step(int index) {
    return steps[index];
  }

  private MetricsContainerImpl running() {
    return steps[current.step()];
  }

  @Override
  public Counter getCounter(MetricName name) {
    return running().getCounter(name);
  }

  @Override
  public Counter getPerWorkerCounter(MetricName name) {
    return running().getPerWorkerCounter(name);
  }

  @Override
  public Distribution getDistribution(MetricName name) {
    return running().getDistribution(name);
  }

  @Override
  public Gauge getGauge(MetricName name) {
    return running().getGauge(name);
  }

  @Override
  public StringSet getStringSet(MetricName name) {
    return running().getStringSet(name);
  }

  @Override
  public BoundedTrie getBoundedTrie(MetricName name) {
    return running().getBoundedTrie(name);
  }

  @Override
  public Histogram getHistogram(MetricName name, HistogramData.BucketType bucketType) {
    return running().getHistogram(name, bucketType);
  }
}
