package io.purlin.nativerunner.web.prometheus;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.JobView;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The metrics of a job as a whole. Stateless. */
final class JobFamilies {
  private static final String PREFIX = "purlin_jobmanager_job_";

  private JobFamilies() {}

  private record Metric(String name, String help, ToDoubleFunction<JobView> value) {}

  private static final List<Metric> METRICS =
      List.of(
          new Metric(
              "numRestarts",
              "How often the job has begun again since it was started.",
              job -> Math.max(0, job.attempts() - 1)),
          new Metric(
              "openTransactions",
              "Transactions of sinks that are neither committed nor given up.",
              job -> job.openTransactions().size()),
          new Metric("uptime", "Milliseconds since the job was started.", JobView::durationMillis),
          new Metric(
              "runningState",
              "1 while the job runs, else 0.",
              job -> job.status() == JobView.Status.RUNNING ? 1 : 0),
          new Metric(
              "restartingState",
              "1 while the job has failed and is about to begin again, else 0.",
              job -> job.status() == JobView.Status.RESTARTING ? 1 : 0),
          new Metric(
              "ready",
              "1 while every task of the job works, else 0.",
              job -> job.isReady() ? 1 : 0),
          new Metric(
              "checkpointInterval",
              "Milliseconds from the beginning of one checkpoint to that of the next; 0: none.",
              job -> job.checkpoints().intervalMillis()),
          new Metric(
              "lastCheckpointDuration",
              "Milliseconds that the last committed checkpoint took.",
              job -> last(job, checkpoint -> checkpoint.durationMillis(job.nowMillis()))),
          new Metric(
              "lastCheckpointSize",
              "Bytes written for the last committed checkpoint.",
              job -> last(job, CheckpointView::bytes)),
          new Metric(
              "lastCheckpointPause",
              "Longest time in milliseconds that a task did something for the last committed"
                  + " checkpoint.",
              job -> last(job, CheckpointView::pauseMillis)),
          new Metric(
              "lastCheckpointCompletedTimestamp",
              "When the last committed checkpoint was, in milliseconds since the epoch.",
              job -> last(job, CheckpointView::endMillis)),
          new Metric(
              "numberOfCompletedCheckpoints",
              "Checkpoints committed since the job was started.",
              job -> job.checkpoints().completed()),
          new Metric(
              "numberOfFailedCheckpoints",
              "Checkpoints given up since the job was started.",
              job -> job.checkpoints().failed()),
          new Metric(
              "numberOfInProgressCheckpoints",
              "Checkpoints that are under way: 0 or 1.",
              JobFamilies::underWay),
          new Metric(
              "totalNumberOfCheckpoints",
              "Checkpoints begun since the job was started.",
              job -> job.checkpoints().completed() + job.checkpoints().failed() + underWay(job)),
          new Metric(
              "stateLiveCells",
              "Cells of keyed state on the heap, all tasks together.",
              job -> job.state().liveCells()),
          new Metric(
              "stateLiveBytes",
              "Bytes of these cells, estimated; 0 with the backend heap, which does not count.",
              job -> job.state().liveBytes()),
          new Metric(
              "stateLiveBytesLimit",
              "How many there may be.",
              job ->
                  job.state().limitBytes() == JobView.UNKNOWN
                      ? Family.UNKNOWN
                      : job.state().limitBytes()),
          new Metric(
              "stateRocksdbBytes",
              "Bytes of RocksDB's files and write buffers.",
              job -> job.state().coldBytes()));

  private static double last(JobView job, ToDoubleFunction<CheckpointView> of) {
    Optional<CheckpointView> newest =
        job.checkpoints().history().stream()
            .filter(each -> each.status() == CheckpointView.Status.COMPLETED)
            .findFirst();
    return newest.isEmpty() ? Family.UNKNOWN : of.applyAsDouble(newest.get());
  }

  private static long underWay(JobView job) {
    return job.checkpoints().history().stream()
        .filter(each -> each.status() == CheckpointView.Status.IN_PROGRESS)
        .count();
  }

  /** Adds the metrics of a job. */
  static void addTo(MetricSnapshots.Builder all, JobView job) {
    Labels labels = labels(job);
    for (Metric metric : METRICS) {
      Family family = new Family(PREFIX + metric.name, metric.help);
      family.add(labels, metric.value.applyAsDouble(job));
      all.metricSnapshot(family.snapshot());
    }
  }

  static Labels labels(JobView job) {
    return Labels.of("job_id", job.id(), "job_name", job.name());
  }
}
