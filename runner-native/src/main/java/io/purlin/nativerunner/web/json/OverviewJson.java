package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.SubtaskView;

/** The list of jobs, which has one. Stateless. */
public final class OverviewJson {
  private OverviewJson() {}

  /** The answer to {@code /jobs}. */
  public static ObjectNode jobs(JobView job) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.putArray("jobs").addObject().put("id", job.id()).put("status", job.status().name());
    return node;
  }

  /** The answer to {@code /jobs/overview}. */
  public static ObjectNode jobsOverview(JobView job) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ObjectNode only = node.putArray("jobs").addObject();
    only.put("jid", job.id());
    only.put("name", job.name());
    only.put("state", job.status().name());
    only.put("start-time", job.startMillis());
    only.put("end-time", job.endMillis());
    only.put("duration", job.durationMillis());
    only.put("last-modification", job.nowMillis());
    ObjectNode tasks = only.putObject("tasks");
    tasks.put("total", job.vertices().stream().mapToInt(v -> v.subtasks().size()).sum());
    for (SubtaskView.Status status : SubtaskView.Status.values()) {
      tasks.put(
          status.name().toLowerCase(java.util.Locale.ROOT),
          job.vertices().stream()
              .flatMap(vertex -> vertex.subtasks().stream())
              .filter(task -> task.status() == status)
              .count());
    }
    return node;
  }

  /** The answer to {@code /overview}. */
  public static ObjectNode overview(JobView job) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("jobs-running", job.status().isTerminal() ? 0 : 1);
    node.put("jobs-finished", job.status() == JobView.Status.FINISHED ? 1 : 0);
    node.put("jobs-cancelled", job.status() == JobView.Status.CANCELED ? 1 : 0);
    node.put("jobs-failed", job.status() == JobView.Status.FAILED ? 1 : 0);
    return node;
  }
}
