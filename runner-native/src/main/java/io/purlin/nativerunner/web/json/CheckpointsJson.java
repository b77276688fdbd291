package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.CheckpointView.Status;
import io.purlin.nativerunner.view.CheckpointsView;
import io.purlin.nativerunner.view.JobView;
import java.util.LongSummaryStatistics;
import java.util.Optional;
import java.util.function.ToLongFunction;

/** A job's checkpoints. Stateless. */
public final class CheckpointsJson {
  private CheckpointsJson() {}

  /** The answer to {@code /jobs/:id/checkpoints}. */
  public static ObjectNode of(JobView job) {
    CheckpointsView all = job.checkpoints();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    long open = all.history().stream().filter(each -> each.status() == Status.IN_PROGRESS).count();
    ObjectNode counts = node.putObject("counts");
    counts.put("restored", all.restored());
    counts.put("total", all.completed() + all.failed() + open);
    counts.put("in_progress", open);
    counts.put("completed", all.completed());
    counts.put("failed", all.failed());
    ObjectNode summary = node.putObject("summary");
    summary.set("checkpointed_size", summary(all, CheckpointView::bytes));
    summary.set("end_to_end_duration", summary(all, each -> each.durationMillis(job.nowMillis())));
    summary.set("pause", summary(all, CheckpointView::pauseMillis));
    ObjectNode latest = node.putObject("latest");
    put(latest, "completed", newest(all, Status.COMPLETED), job);
    put(latest, "failed", newest(all, Status.FAILED), job);
    if (all.restoredNumber() == JobView.UNKNOWN) {
      latest.putNull("restored");
    } else {
      latest.putObject("restored").put("id", all.restoredNumber());
    }
    ArrayNode history = node.putArray("history");
    all.history().forEach(each -> history.add(one(each, job)));
    return node;
  }

  /** The answer to {@code /jobs/:id/checkpoints/config}. */
  public static ObjectNode config(JobView job) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("mode", job.checkpoints().enabled() ? "exactly_once" : "none");
    node.put("interval", job.checkpoints().intervalMillis());
    node.put("timeout", job.checkpoints().timeoutMillis());
    return node;
  }

  private static Optional<CheckpointView> newest(CheckpointsView all, Status status) {
    return all.history().stream().filter(each -> each.status() == status).findFirst();
  }

  private static void put(
      ObjectNode to, String name, Optional<CheckpointView> checkpoint, JobView job) {
    if (checkpoint.isEmpty()) {
      to.putNull(name);
    } else {
      to.set(name, one(checkpoint.get(), job));
    }
  }

  private static ObjectNode one(CheckpointView checkpoint, JobView job) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", checkpoint.number());
    node.put("status", checkpoint.status().name());
    node.put("is_savepoint", false);
    node.put("last", checkpoint.last());
    node.put("trigger_timestamp", checkpoint.triggerMillis());
    node.put("latest_ack_timestamp", checkpoint.ackMillis());
    node.put("end_timestamp", checkpoint.endMillis());
    node.put("end_to_end_duration", checkpoint.durationMillis(job.nowMillis()));
    node.put("checkpointed_size", checkpoint.bytes());
    node.put("pause", checkpoint.pauseMillis());
    node.put("num_subtasks", checkpoint.tasks());
    node.put("num_acknowledged_subtasks", checkpoint.acknowledged());
    if (checkpoint.status() == Status.FAILED) {
      node.put("failure_message", checkpoint.reason());
      node.put("failure_timestamp", checkpoint.endMillis());
    }
    return node;
  }

  private static ObjectNode summary(CheckpointsView all, ToLongFunction<CheckpointView> of) {
    LongSummaryStatistics numbers =
        all.history().stream()
            .filter(each -> each.status() == Status.COMPLETED)
            .mapToLong(of)
            .summaryStatistics();
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("min", numbers.getCount() == 0 ? 0 : numbers.getMin());
    node.put("max", numbers.getCount() == 0 ? 0 : numbers.getMax());
    node.put("avg", Math.round(numbers.getAverage()));
    return node;
  }
}
