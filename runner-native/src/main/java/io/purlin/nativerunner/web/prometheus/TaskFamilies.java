package io.purlin.nativerunner.web.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import io.purlin.nativerunner.view.Rates.Rate;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** The metrics of tasks, one value for each task. Stateless. */
final class TaskFamilies {
  private static final String PREFIX = "purlin_taskmanager_job_task_";

  /** Flink cuts them there, too: longer ones are no good as labels. */
  private static final int MOST_NAME_CHARACTERS = 80;

  private static final long BEGINNING = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  /** Above this part of the time Flink says that a task is backpressured. */
  private static final double BACKPRESSURED_MILLIS = 100;

  private TaskFamilies() {}

  /** A value of a task. */
  private interface Value {
    double of(SubtaskView task, Rate rate, JobView job);
  }

  private record Metric(String name, String help, Value value) {}

  private static final List<Metric> METRICS =
      List.of(
          new Metric(
              "numRecordsIn",
              "Elements taken in since the attempt began.",
              (task, rate, job) -> task.counts().recordsIn()),
          new Metric(
              "numRecordsOut",
              "Elements sent to other tasks since the attempt began.",
              (task, rate, job) -> task.counts().recordsOut()),
          new Metric(
              "numRecordsInPerSecond",
              "Elements taken in a second, over the last seconds.",
              (task, rate, job) -> rate.recordsIn()),
          new Metric(
              "numRecordsOutPerSecond",
              "Elements sent a second, over the last seconds.",
              (task, rate, job) -> rate.recordsOut()),
          new Metric(
              "numBuffersInLocal",
              "Batches taken in since the attempt began.",
              (task, rate, job) -> task.counts().batchesIn()),
          new Metric(
              "numBuffersOut",
              "Batches sent since the attempt began.",
              (task, rate, job) -> task.counts().batchesOut()),
          new Metric(
              "busyTimeMsPerSecond",
              "Milliseconds a second in which the task worked.",
              (task, rate, job) -> rate.busy()),
          new Metric(
              "idleTimeMsPerSecond",
              "Milliseconds a second in which there was nothing to do.",
              (task, rate, job) -> rate.idle()),
          new Metric(
              "backPressuredTimeMsPerSecond",
              "Milliseconds a second in which the task waited for those behind it.",
              (task, rate, job) -> rate.backpressured()),
          new Metric(
              "isBackPressured",
              "1 when it waits for more than a tenth of the time, else 0.",
              (task, rate, job) -> rate.backpressured() > BACKPRESSURED_MILLIS ? 1 : 0),
          new Metric(
              "accumulateBusyTimeMs",
              "Milliseconds of work since the attempt began.",
              (task, rate, job) -> task.times().busy()),
          new Metric(
              "accumulateIdleTimeMs",
              "Milliseconds with nothing to do since the attempt began.",
              (task, rate, job) -> task.times().idle()),
          new Metric(
              "accumulateBackPressuredTimeMs",
              "Milliseconds of waiting for those behind since the attempt began.",
              (task, rate, job) -> task.times().backpressured()),
          new Metric(
              "buffers_inPoolUsage",
              "Part of the credits of the channels that it reads which is in use, 0 to 1.",
              (task, rate, job) ->
                  task.input().channels() == 0 ? Family.UNKNOWN : task.input().usage()),
          new Metric(
              "buffers_outPoolUsage",
              "Part of the credits of the channels that it writes which is in use, 0 to 1.",
              (task, rate, job) ->
                  task.output().channels() == 0 ? Family.UNKNOWN : task.output().usage()),
          new Metric(
              "currentInputWatermark",
              "Watermark of what it takes in, in milliseconds since the epoch; none at first.",
              (task, rate, job) -> watermark(task.inputWatermarkMillis())),
          new Metric(
              "currentOutputWatermark",
              "Watermark of what it sends, in milliseconds since the epoch; none at first.",
              (task, rate, job) -> watermark(task.outputWatermarkMillis())),
          new Metric(
              "watermarkLag",
              "Milliseconds that its input watermark is behind the clock; 0 when it is ahead.",
              (task, rate, job) -> lag(task.inputWatermarkMillis(), job.nowMillis())),
          new Metric(
              "checkpointPauseTimeMs",
              "Milliseconds in which it did something for checkpoints since the attempt began.",
              (task, rate, job) -> task.times().checkpoint()),
          new Metric(
              "stateLiveCells",
              "Cells of keyed state on the heap.",
              (task, rate, job) -> task.liveCells()),
          new Metric(
              "stateHits",
              "Cells that were on the heap when they were asked for, where not all need be.",
              (task, rate, job) -> task.stateHits()),
          new Metric(
              "stateFetches",
              "Cells fetched from RocksDB since the attempt began.",
              (task, rate, job) -> task.stateFetches()));

  private static double watermark(long millis) {
    return millis <= BEGINNING ? Family.UNKNOWN : millis;
  }

  private static double lag(long watermarkMillis, long nowMillis) {
    return watermarkMillis <= BEGINNING || watermarkMillis >= END
        ? Family.UNKNOWN
        : Math.max(0, nowMillis - watermarkMillis);
  }

  /** Adds the metrics of all tasks of a job. */
  static void addTo(MetricSnapshots.Builder all, JobView job, Rates rates) {
    for (Metric metric : METRICS) {
      Family family = new Family(PREFIX + metric.name, metric.help);
      for (VertexView vertex : job.vertices()) {
        for (SubtaskView task : vertex.subtasks()) {
          family.add(
              labels(job, vertex, task),
              metric.value.of(task, rates.of(vertex.id(), task.index()), job));
        }
      }
      all.metricSnapshot(family.snapshot());
    }
  }

  private static Labels labels(JobView job, VertexView vertex, SubtaskView task) {
    String name = vertex.name();
    return Labels.of(
        "job_id",
        job.id(),
        "job_name",
        job.name(),
        "task_id",
        vertex.id(),
        "task_name",
        name.substring(0, Math.min(name.length(), MOST_NAME_CHARACTERS)),
        "subtask_index",
        Integer.toString(task.index()));
  }
}
