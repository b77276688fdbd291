package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.CheckpointsView;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import io.purlin.nativerunner.view.Rates.Rate;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;
import java.util.Optional;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.GaugeResult;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricResults;

/** Single figures with Flink's names, each as text. Stateless. */
public final class MetricsJson {
  private MetricsJson() {}

  /** The answer to {@code /jobs/:id/metrics}. */
  public static ArrayNode of(JobView job) {
    CheckpointsView checkpoints = job.checkpoints();
    Optional<CheckpointView> last =
        checkpoints.history().stream()
            .filter(each -> each.status() == CheckpointView.Status.COMPLETED)
            .findFirst();
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    add(all, "numRestarts", Math.max(0, job.attempts() - 1));
    add(all, "uptime", job.durationMillis());
    add(all, "numberOfCompletedCheckpoints", checkpoints.completed());
    add(all, "numberOfFailedCheckpoints", checkpoints.failed());
    add(
        all,
        "numberOfInProgressCheckpoints",
        checkpoints.history().stream()
            .filter(each -> each.status() == CheckpointView.Status.IN_PROGRESS)
            .count());
    add(all, "totalNumberOfCheckpoints", checkpoints.completed() + checkpoints.failed());
    add(
        all,
        "lastCheckpointDuration",
        last.map(each -> each.durationMillis(job.nowMillis())).orElse(JobView.UNKNOWN));
    add(all, "lastCheckpointSize", last.map(CheckpointView::bytes).orElse(JobView.UNKNOWN));
    add(all, "lastCheckpointPause", last.map(CheckpointView::pauseMillis).orElse(JobView.UNKNOWN));
    return all;
  }

  /** The answer to {@code /jobs/:id/vertices/:vid/metrics}: each name begins with the subtask. */
  public static ArrayNode of(Rates rates, VertexView vertex) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (SubtaskView task : vertex.subtasks()) {
      Rate rate = rates.of(vertex.id(), task.index());
      String of = task.index() + ".";
      add(all, of + "numRecordsIn", task.counts().recordsIn());
      add(all, of + "numRecordsOut", task.counts().recordsOut());
      add(all, of + "numRecordsInPerSecond", rate.recordsIn());
      add(all, of + "numRecordsOutPerSecond", rate.recordsOut());
      add(all, of + "numBuffersInLocal", task.counts().batchesIn());
      add(all, of + "numBuffersOut", task.counts().batchesOut());
      add(all, of + "busyTimeMsPerSecond", rate.busy());
      add(all, of + "idleTimeMsPerSecond", rate.idle());
      add(all, of + "backPressuredTimeMsPerSecond", rate.backpressured());
      add(all, of + "accumulateBusyTimeMs", task.times().busy());
      add(all, of + "accumulateIdleTimeMs", task.times().idle());
      add(all, of + "accumulateBackPressuredTimeMs", task.times().backpressured());
      add(all, of + "buffers.inPoolUsage", task.input().usage());
      add(all, of + "buffers.outPoolUsage", task.output().usage());
      add(all, of + "currentInputWatermark", task.inputWatermarkMillis());
      add(all, of + "currentOutputWatermark", task.outputWatermarkMillis());
      add(all, of + "stateLiveCells", task.liveCells());
      add(all, of + "stateHits", task.stateHits());
      add(all, of + "stateFetches", task.stateFetches());
    }
    return all;
  }

  /** The answer to {@code /jobs/:id/vertices/:vid/watermarks}. */
  public static ArrayNode watermarks(VertexView vertex) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    for (SubtaskView task : vertex.subtasks()) {
      add(all, task.index() + ".currentInputWatermark", task.inputWatermarkMillis());
    }
    return all;
  }

  /** The answer to {@code /jobs/:id/user-metrics}: what user code has counted, attempted. */
  public static ObjectNode ofUser(MetricResults metrics) {
    MetricQueryResults results = metrics.allMetrics();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode counters = node.putArray("counters");
    for (MetricResult<Long> each : results.getCounters()) {
      named(counters.addObject(), each).put("value", each.getAttempted());
    }
    ArrayNode distributions = node.putArray("distributions");
    for (MetricResult<DistributionResult> each : results.getDistributions()) {
      DistributionResult value = each.getAttempted();
      named(distributions.addObject(), each)
          .put("count", value.getCount())
          .put("sum", value.getSum())
          .put("min", value.getCount() == 0 ? 0 : value.getMin())
          .put("max", value.getCount() == 0 ? 0 : value.getMax());
    }
    ArrayNode gauges = node.putArray("gauges");
    for (MetricResult<GaugeResult> each : results.getGauges()) {
      named(gauges.addObject(), each)
          .put("value", each.getAttempted().getValue())
          .put("timestamp", each.getAttempted().getTimestamp().getMillis());
    }
    return node;
  }

  private static ObjectNode named(ObjectNode node, MetricResult<?> metric) {
    return node.put("step", metric.getKey().stepName())
        .put("namespace", metric.getName().getNamespace())
        .put("name", metric.getName().getName());
  }

  private static void add(ArrayNode to, String name, long value) {
    to.addObject().put("id", name).put("value", Long.toString(value));
  }

  private static void add(ArrayNode to, String name, double value) {
    to.addObject().put("id", name).put("value", Double.toString(Math.round(value * 1000) / 1000.0));
  }
}
