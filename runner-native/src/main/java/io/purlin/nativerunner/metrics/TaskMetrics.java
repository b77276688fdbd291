package io.purlin.nativerunner.metrics;

import io.purlin.nativerunner.element.CurrentElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.apache.beam.runners.core.metrics.MetricsContainerImpl;
import org.apache.beam.runners.core.metrics.MonitoringInfoConstants.Labels;
import org.apache.beam.runners.core.metrics.MonitoringInfoConstants.Urns;
import org.apache.beam.runners.core.metrics.MonitoringInfoMetricName;
import org.apache.beam.sdk.metrics.BoundedTrie;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.Gauge;
import org.apache.beam.sdk.metrics.Histogram;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricsContainer;
import org.apache.beam.sdk.metrics.StringSet;
import org.apache.beam.sdk.util.HistogramData;
import org.jspecify.annotations.Nullable;

/**
 * User metrics of one task: for each call the cells of the step whose code runs, which {@link
 * CurrentElement#step()} tells. So the container is set once for the thread and not for each
 * element.
 *
 * <p>Written by the task's thread; cells may be read by any. Invariant: committed = what was
 * counted when {@link #commit} was called last.
 */
public final class TaskMetrics implements MetricsContainer {
  private static final long serialVersionUID = 1L;

  // Beam declares containers serializable; this one never leaves its process.
  private final transient CurrentElement current;
  private final transient List<String> stepNames;
  private final transient AtomicReferenceArray<@Nullable StepMetrics> steps;
  private final transient TaskCounters counters = new TaskCounters();
  private final transient TaskTimes times = new TaskTimes();
  private transient @Nullable CounterCell read;

  /**
   * @param current tells the running step
   * @param stepNames names of all steps of the job, by index
   */
  TaskMetrics(CurrentElement current, List<String> stepNames) {
    this.current = current;
    this.stepNames = stepNames;
    this.steps = new AtomicReferenceArray<>(stepNames.size());
  }

  private StepMetrics running() {
    int index = current.step();
    StepMetrics step = steps.getPlain(index);
    return step != null ? step : add(index);
  }

  private StepMetrics add(int index) {
    StepMetrics made = new StepMetrics(stepNames.get(index));
    steps.setRelease(index, made);
    return made;
  }

  private MetricsContainerImpl others() {
    return running().others();
  }

  /** What the engine counts of the task. */
  public TaskCounters counters() {
    return counters;
  }

  /** How the task spends its time. */
  public TaskTimes times() {
    return times;
  }

  /**
   * What the task takes in is a collection of its running step: its elements are counted as Beam's
   * own metric of the step, which is final when the bundle has ended, and goes on after a restart.
   * Before the task starts.
   *
   * @param collection Beam's name of it
   */
  public void reads(String collection) {
    read =
        running()
            .counter(
                MonitoringInfoMetricName.named(
                    Urns.ELEMENT_COUNT, Map.of(Labels.PCOLLECTION, collection)));
  }

  /** Elements were taken in. The task's thread only. */
  public void taken(int elements) {
    counters.add(TaskCounters.Name.RECORDS_IN, elements);
    if (read != null) {
      read.inc(elements);
    }
  }

  /**
   * What was counted so far is final: the bundle that did it has ended. The task's thread only, and
   * between bundles.
   */
  public void commit() {
    for (int i = 0; i < steps.length(); i++) {
      StepMetrics step = steps.getPlain(i);
      if (step != null) {
        step.commit();
      }
    }
  }

  /** What is final so far, for {@link JobMetrics#restore}. The task's thread only. */
  public byte[] snapshot() {
    List<MetricsContainerImpl> containers = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < steps.length(); i++) {
      StepMetrics step = steps.getPlain(i);
      if (step != null) {
        MetricsContainerImpl container = new MetricsContainerImpl(stepNames.get(i));
        step.addTo(container, Extent.COMMITTED);
        containers.add(container);
        names.add(stepNames.get(i));
      }
    }
    return MetricsSnapshot.write(containers, names);
  }

  /** The metrics of a step; null while there are none. Any thread. */
  @Nullable StepMetrics step(int index) {
    return steps.getAcquire(index);
  }

  @Override
  public Counter getCounter(MetricName name) {
    return running().counter(name);
  }

  @Override
  public Distribution getDistribution(MetricName name) {
    return running().distribution(name);
  }

  @Override
  public Gauge getGauge(MetricName name) {
    return others().getGauge(name);
  }

  @Override
  public StringSet getStringSet(MetricName name) {
    return others().getStringSet(name);
  }

  @Override
  public BoundedTrie getBoundedTrie(MetricName name) {
    return others().getBoundedTrie(name);
  }

  @Override
  public Histogram getHistogram(MetricName name, HistogramData.BucketType bucketType) {
    return others().getHistogram(name, bucketType);
  }
}
