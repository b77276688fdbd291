package io.purlin.nativerunner.web;

import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.CheckpointsView;
import io.purlin.nativerunner.view.EdgeView;
import io.purlin.nativerunner.view.FailureView;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.StateView;
import io.purlin.nativerunner.view.StepView;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;
import java.util.List;
import java.util.Map;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.sdk.metrics.MetricName;
import org.apache.beam.sdk.metrics.MetricResults;

/** A job of two chains that always looks the same. */
final class ShownJob implements Watched {
  static final String SECRET = "canary-93f1c7";

  /** As a sly person would name a step. */
  static final String STEP = "Read <script>alert(1)</script>\"";

  static final String ID = JobView.idOf("sums");
  static final String READ = JobView.idOf(STEP);
  static final String WRITE = JobView.idOf("Write");

  @Override
  public JobView view() {
    SubtaskView reading = task(new SubtaskView.Counts(1_000, 900, 0, 9), 700, 200, 100);
    SubtaskView writing = task(new SubtaskView.Counts(900, 0, 9, 0), 0, 0, 1_000);
    return new JobView(
        ID,
        "sums",
        JobView.Status.RUNNING,
        1_000,
        JobView.UNKNOWN,
        2_000,
        128,
        2,
        List.of(
            new VertexView(
                READ, STEP, 1, List.of(new StepView(STEP, "source", 1_500)), List.of(reading)),
            new VertexView(
                WRITE, "Write", 1, List.of(new StepView("Write", "", 1_400)), List.of(writing))),
        List.of(new EdgeView(READ, WRITE, "keyed", "elements are partitioned by key")),
        new CheckpointsView(true, 500, 600_000, 3, 1, 1, 2, List.of(checkpoint())),
        List.of(
            new FailureView(
                1_200,
                "Write",
                "java.lang.IllegalStateException",
                "java.lang.IllegalStateException: no login with password="
                    + SECRET
                    + "\n\tat A.b")),
        new StateView(12, 3_456, 10_000, 0),
        List.of("sums-writes"),
        JobView.UNKNOWN);
  }

  private static CheckpointView checkpoint() {
    return new CheckpointView(
        4, CheckpointView.Status.COMPLETED, false, 1_500, 1_510, 1_540, 2, 2, 789, 3, "");
  }

  private static SubtaskView task(
      SubtaskView.Counts counts, long backpressured, long idle, long busy) {
    return new SubtaskView(
        0,
        SubtaskView.Status.RUNNING,
        1_000,
        JobView.UNKNOWN,
        counts,
        new SubtaskView.Times(idle, backpressured, busy, 5),
        new SubtaskView.Pool(1, 8, 6),
        new SubtaskView.Pool(1, 8, 2),
        1_900,
        1_800,
        12,
        75,
        25);
  }

  @Override
  public MetricResults metrics() {
    MetricsContainerStepMap metrics = new MetricsContainerStepMap();
    metrics.getContainer("Write").getCounter(MetricName.named("app", "rows")).inc(41);
    metrics.getContainer("Write").getDistribution(MetricName.named("app", "size")).update(7);
    metrics.getContainer("Write").getGauge(MetricName.named("app", SECRET)).set(3);
    return MetricsContainerStepMap.asMetricResults(metrics, metrics);
  }

  @Override
  public Map<String, String> options() {
    return Map.of(
        "databasePassword", SECRET, "jobName", "sums", "database", "db://me:" + SECRET + "@host/x");
  }
}
