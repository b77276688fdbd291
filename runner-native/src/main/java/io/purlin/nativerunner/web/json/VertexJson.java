package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import io.purlin.nativerunner.view.Rates.Rate;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;
import java.util.List;

/** A vertex with its subtasks. Stateless. */
public final class VertexJson {
  /** Up to these parts of a second, Flink calls backpressure ok, and low; above it is high. */
  private static final double OK = 0.10;

  private static final double LOW = 0.50;

  private VertexJson() {}

  /** The answer to {@code /jobs/:id/vertices/:vid}. */
  public static ObjectNode of(JobView job, Rates rates, VertexView vertex) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", vertex.id());
    node.put("name", vertex.name());
    node.put("parallelism", vertex.parallelism());
    node.put("maxParallelism", job.maxParallelism());
    node.put("now", job.nowMillis());
    ArrayNode subtasks = node.putArray("subtasks");
    for (SubtaskView task : vertex.subtasks()) {
      subtasks.add(subtask(job, task, rates.of(vertex.id(), task.index())));
    }
    return node;
  }

  private static ObjectNode subtask(JobView job, SubtaskView task, Rate rate) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("subtask", task.index());
    node.put("status", task.status().name());
    node.put("attempt", Math.max(0, job.attempts() - 1));
    node.put("start-time", task.startMillis());
    node.put("end-time", task.endMillis());
    node.put("duration", durationMillis(job, task));
    node.set("metrics", Subtasks.metrics(List.of(task)));
    node.set("rates", Subtasks.rates(List.of(rate)));
    node.set("input", Subtasks.pool(List.of(task.input())));
    node.set("output", Subtasks.pool(List.of(task.output())));
    Watermarks.put(node, "currentInputWatermark", task.inputWatermarkMillis());
    Watermarks.put(node, "currentOutputWatermark", task.outputWatermarkMillis());
    Watermarks.putLag(node, "watermarkLag", task.inputWatermarkMillis(), job.nowMillis());
    node.put("checkpoint-pause-time", task.times().checkpoint());
    node.put("state-live-cells", task.liveCells());
    node.put("state-hits", task.stateHits());
    node.put("state-fetches", task.stateFetches());
    return node;
  }

  private static long durationMillis(JobView job, SubtaskView task) {
    if (task.startMillis() == JobView.UNKNOWN) {
      return 0;
    }
    long end = task.endMillis() == JobView.UNKNOWN ? job.nowMillis() : task.endMillis();
    return Math.max(0, end - task.startMillis());
  }

  /** The answer to {@code /jobs/:id/vertices/:vid/backpressure}. */
  public static ObjectNode backpressure(JobView job, Rates rates, VertexView vertex) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("status", "ok");
    node.put("backpressureLevel", level(rates, vertex));
    node.put("backpressure-level", level(rates, vertex));
    node.put("end-timestamp", job.nowMillis());
    ArrayNode subtasks = node.putArray("subtasks");
    for (SubtaskView task : vertex.subtasks()) {
      Rate rate = rates.of(vertex.id(), task.index());
      ObjectNode each = subtasks.addObject();
      each.put("subtask", task.index());
      each.put("backpressureLevel", level(rate.backpressured()));
      each.put("backpressure-level", level(rate.backpressured()));
      Subtasks.put(each, "ratio", rate.backpressured() / 1000);
      Subtasks.put(each, "idleRatio", rate.idle() / 1000);
      Subtasks.put(each, "busyRatio", rate.busy() / 1000);
    }
    return node;
  }

  /** That of its worst task: ok, low or high. */
  static String level(Rates rates, VertexView vertex) {
    return level(rates.of(vertex.id()).stream().mapToDouble(Rate::backpressured).max().orElse(0));
  }

  private static String level(double backpressuredMillis) {
    double ratio = backpressuredMillis / 1000;
    return ratio <= OK ? "ok" : ratio <= LOW ? "low" : "high";
  }

  /** The status of the task that has come least far; of no tasks, CREATED. */
  static String status(VertexView vertex) {
    return vertex.subtasks().stream()
        .map(SubtaskView::status)
        .min(SubtaskView.Status::compareTo)
        .orElse(SubtaskView.Status.CREATED)
        .name();
  }

  /** How many tasks have which status. */
  static ObjectNode tasks(VertexView vertex) {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    for (SubtaskView.Status status : SubtaskView.Status.values()) {
      counts.put(
          status.name(),
          vertex.subtasks().stream().filter(task -> task.status() == status).count());
    }
    return counts;
  }

  /** The lowest watermarks of its tasks. */
  static void putWatermarks(ObjectNode node, VertexView vertex, long nowMillis) {
    long input =
        vertex.subtasks().stream()
            .mapToLong(SubtaskView::inputWatermarkMillis)
            .min()
            .orElse(Long.MIN_VALUE);
    long output =
        vertex.subtasks().stream()
            .mapToLong(SubtaskView::outputWatermarkMillis)
            .min()
            .orElse(Long.MIN_VALUE);
    Watermarks.put(node, "currentInputWatermark", input);
    Watermarks.put(node, "currentOutputWatermark", output);
    Watermarks.putLag(node, "watermarkLag", input, nowMillis);
  }
}
