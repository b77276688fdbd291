package io.purlin.nativerunner.metrics;

import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.sdk.metrics.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * User metrics of one step in one task.
 *
 * <p>Written by the task's thread; {@link #addTo} may be called by any. Counters and distributions,
 * which user code calls for each element, are cells of our own; gauges, sets, tries and histograms
 * are Beam's.
 */
final class StepMetrics {
  private final Cells<CounterCell> counters = new Cells<>(CounterCell::new);
  private final Cells<DistributionCell> distributions = new Cells<>(DistributionCell::new);
  private final String stepName;
  private final MetricsContainerImpl others;
  private boolean othersTouched;

  // Not changed once it is here; a set in it may share its strings with the one being added to.
  private volatile @Nullable MetricsContainerImpl committedOthers;

  StepMetrics(String stepName) {
    this.stepName = stepName;
    this.others = new MetricsContainerImpl(stepName);
  }

  CounterCell counter(MetricName name) {
    return counters.get(name);
  }

  DistributionCell distribution(MetricName name) {
    return distributions.get(name);
  }

  /** Where gauges, sets, tries and histograms are kept. */
  MetricsContainerImpl others() {
    othersTouched = true;
    return others;
  }

  /** What was counted so far is final. */
  void commit() {
    for (CounterCell cell : counters.all()) {
      cell.commit();
    }
    for (DistributionCell cell : distributions.all()) {
      cell.commit();
    }
    if (othersTouched) {
      othersTouched = false;
      MetricsContainerImpl copy = new MetricsContainerImpl(stepName);
      copy.update(others);
      committedOthers = copy;
    }
  }

  /** Adds everything, or what of it is final, to a container of this step. Any thread. */
  void addTo(MetricsContainerImpl sum, Extent extent) {
    for (CounterCell cell : counters.all()) {
      sum.getCounter(cell.getName()).inc(cell.sum(extent));
    }
    for (DistributionCell cell : distributions.all()) {
      cell.addTo(sum.getDistribution(cell.getName()), extent);
    }
    MetricsContainerImpl from = extent == Extent.COMMITTED ? committedOthers : others;
    if (from != null) {
      sum.update(from);
    }
  }
}
