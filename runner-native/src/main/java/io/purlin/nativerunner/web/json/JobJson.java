package io.purlin.nativerunner.web.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.purlin.nativerunner.view.EdgeView;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import io.purlin.nativerunner.view.StateView;
import io.purlin.nativerunner.view.StepView;
import io.purlin.nativerunner.view.SubtaskView;
import io.purlin.nativerunner.view.VertexView;

/** A job with its vertices and its plan. Stateless. */
public final class JobJson {
  private JobJson() {}

  /** The answer to {@code /jobs/:id}. */
  public static ObjectNode of(JobView job, Rates rates) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("jid", job.id());
    node.put("name", job.name());
    node.put("isStoppable", false);
    node.put("state", job.status().name());
    node.put("ready", job.isReady());
    node.put("start-time", job.startMillis());
    node.put("end-time", job.endMillis());
    node.put("duration", job.durationMillis());
    node.put("now", job.nowMillis());
    node.put("maxParallelism", job.maxParallelism());
    node.put("numRestarts", Math.max(0, job.attempts() - 1));
    node.set("state-size", state(job.state()));
    job.openTransactions().forEach(node.putArray("open-transactions")::add);
    node.set("vertices", vertexList(job, rates));
    node.set("status-counts", statusCounts(job));
    node.set("plan", planOf(job));
    return node;
  }

  /** The answer to {@code /jobs/:id/vertices}. */
  public static ObjectNode vertices(JobView job, Rates rates) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("jid", job.id());
    node.set("vertices", vertexList(job, rates));
    return node;
  }

  /** The answer to {@code /jobs/:id/plan}. */
  public static ObjectNode plan(JobView job) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("plan", planOf(job));
    return node;
  }

  private static ObjectNode state(StateView state) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("live-cells", state.liveCells());
    node.put("live-bytes", state.liveBytes());
    node.put("live-bytes-limit", state.limitBytes());
    node.put("rocksdb-bytes", state.coldBytes());
    return node;
  }

  private static ArrayNode vertexList(JobView job, Rates rates) {
    ArrayNode vertices = JsonNodeFactory.instance.arrayNode();
    for (VertexView vertex : job.vertices()) {
      vertices.add(vertex(job, rates, vertex));
    }
    return vertices;
  }

  private static ObjectNode vertex(JobView job, Rates rates, VertexView vertex) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("id", vertex.id());
    node.put("name", vertex.name());
    node.put("maxParallelism", job.maxParallelism());
    node.put("parallelism", vertex.parallelism());
    node.put("status", VertexJson.status(vertex));
    node.put(
        "start-time",
        vertex.subtasks().stream()
            .mapToLong(SubtaskView::startMillis)
            .filter(start -> start != JobView.UNKNOWN)
            .min()
            .orElse(JobView.UNKNOWN));
    node.set("tasks", VertexJson.tasks(vertex));
    node.set("metrics", Subtasks.metrics(vertex.subtasks()));
    node.set("rates", Subtasks.rates(rates.of(vertex.id())));
    node.put("backpressure-level", VertexJson.level(rates, vertex));
    node.set("input", Subtasks.pool(vertex.subtasks().stream().map(SubtaskView::input).toList()));
    node.set("output", Subtasks.pool(vertex.subtasks().stream().map(SubtaskView::output).toList()));
    VertexJson.putWatermarks(node, vertex, job.nowMillis());
    ArrayNode steps = node.putArray("steps");
    for (StepView step : vertex.steps()) {
      ObjectNode each = steps.addObject();
      each.put("name", step.name());
      each.put("note", step.note());
      Watermarks.put(each, "outputWatermark", step.outputWatermarkMillis());
    }
    return node;
  }

  private static ObjectNode statusCounts(JobView job) {
    ObjectNode counts = JsonNodeFactory.instance.objectNode();
    for (SubtaskView.Status status : SubtaskView.Status.values()) {
      counts.put(
          status.name(),
          job.vertices().stream()
              .filter(vertex -> VertexJson.status(vertex).equals(status.name()))
              .count());
    }
    return counts;
  }

  private static ObjectNode planOf(JobView job) {
    ObjectNode plan = JsonNodeFactory.instance.objectNode();
    plan.put("jid", job.id());
    plan.put("name", job.name());
    ArrayNode nodes = plan.putArray("nodes");
    for (VertexView vertex : job.vertices()) {
      ObjectNode node = nodes.addObject();
      node.put("id", vertex.id());
      node.put("parallelism", vertex.parallelism());
      node.put("operator", "");
      node.put("description", vertex.name());
      ArrayNode inputs = node.putArray("inputs");
      for (EdgeView edge : job.edges()) {
        if (edge.to().equals(vertex.id())) {
          ObjectNode input = inputs.addObject();
          input.put("num", inputs.size() - 1);
          input.put("id", edge.from());
          input.put("ship_strategy", edge.partitioning());
          input.put("exchange", "pipelined_bounded");
          input.put("reason", edge.reason());
        }
      }
    }
    return plan;
  }
}
