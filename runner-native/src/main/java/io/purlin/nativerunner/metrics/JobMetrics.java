package io.purlin.nativerunner.metrics;

import io.purlin.nativerunner.element.CurrentElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.sdk.metrics.MetricResults;

/**
 * User metrics of a job: those of all its tasks, summed up when somebody asks.
 *
 * <p>Tasks are added before the job starts; results may be asked for by any thread, also while it
 * runs.
 */
public final class JobMetrics {
  private final List<String> stepNames;
  private final List<TaskMetrics> tasks = new ArrayList<>();
  private final List<byte[]> restored = new ArrayList<>();

  /**
   * @param stepNames names of all steps, by index
   */
  public JobMetrics(List<String> stepNames) {
    this.stepNames = List.copyOf(stepNames);
  }

  /** The metrics of a new task, whose running step {@code current} tells. */
  public TaskMetrics task(CurrentElement current) {
    TaskMetrics made = new TaskMetrics(current, stepNames);
    tasks.add(made);
    return made;
  }

  /**
   * Counts on from what {@link TaskMetrics#snapshot} gave in an earlier run. Before the job starts.
   *
   * @throws IOException when that cannot be read
   */
  public void restore(byte[] snapshot) throws IOException {
    MetricsSnapshot.addTo(new MetricsContainerStepMap(), snapshot);
    restored.add(snapshot);
  }

  /**
   * The results as they stand. Attempted is everything; committed is what bundles did that have
   * ended.
   */
  public MetricResults results() {
    // Committed first: what is committed in between is in both.
    MetricsContainerStepMap committed = sum(Extent.COMMITTED);
    return MetricsContainerStepMap.asMetricResults(sum(Extent.ATTEMPTED), committed);
  }

  private MetricsContainerStepMap sum(Extent extent) {
    MetricsContainerStepMap sum = new MetricsContainerStepMap();
    addRestored(sum);
    for (TaskMetrics task : tasks) {
      for (int i = 0; i < stepNames.size(); i++) {
        StepMetrics step = task.step(i);
        if (step != null) {
          step.addTo(sum.getContainer(stepNames.get(i)), extent);
        }
      }
    }
    return sum;
  }

  private void addRestored(MetricsContainerStepMap sum) {
    for (byte[] snapshot : restored) {
      try {
        MetricsSnapshot.addTo(sum, snapshot);
      } catch (IOException e) {
        throw new UncheckedIOException("it could be read when the job started", e);
      }
    }
  }

  /**
   * What was counted before, for a snapshot of one task to hold: the others hold only their own.
   */
  public byte[] restoredSnapshot() {
    MetricsContainerStepMap sum = new MetricsContainerStepMap();
    addRestored(sum);
    return MetricsSnapshot.write(stepNames.stream().map(sum::getContainer).toList(), stepNames);
  }

  /** What the engine has counted in all tasks together. */
  public long total(TaskCounters.Name name) {
    long total = 0;
    for (TaskMetrics task : tasks) {
      total += task.counters().get(name);
    }
    return total;
  }

  /** All that the engine has counted, in all tasks together. */
  public Map<TaskCounters.Name, Long> totals() {
    Map<TaskCounters.Name, Long> totals = new EnumMap<>(TaskCounters.Name.class);
    for (TaskCounters.Name name : TaskCounters.Name.values()) {
      totals.put(name, total(name));
    }
    return totals;
  }
}
