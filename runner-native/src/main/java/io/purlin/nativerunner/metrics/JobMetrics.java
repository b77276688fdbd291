package io.purlin.nativerunner.metrics;

import io.purlin.nativerunner.element.CurrentElement;
import java.util.ArrayList;
import java.util.List;
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
   * The results as they stand. Committed equals attempted: without checkpoints whatever a bundle
   * did is final when it is done.
   */
  public MetricResults results() {
    MetricsContainerStepMap sum = new MetricsContainerStepMap();
    for (TaskMetrics task : tasks) {
      for (int step = 0; step < stepNames.size(); step++) {
        sum.update(stepNames.get(step), task.step(step));
      }
    }
    return MetricsContainerStepMap.asMetricResults(sum, sum);
  }
}
