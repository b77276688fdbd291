package io.purlin.nativerunner.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.purlin.nativerunner.view.VertexView;
import io.purlin.nativerunner.web.Samples.Now;
import io.purlin.nativerunner.web.json.CheckpointsJson;
import io.purlin.nativerunner.web.json.ConfigJson;
import io.purlin.nativerunner.web.json.ExceptionsJson;
import io.purlin.nativerunner.web.json.JobJson;
import io.purlin.nativerunner.web.json.MetricsJson;
import io.purlin.nativerunner.web.json.OverviewJson;
import io.purlin.nativerunner.web.json.VertexJson;
import io.purlin.nativerunner.web.prometheus.Exposition;
import io.purlin.sdk.secret.Secrets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a path names. The path is compared as it came, never decoded: what is not written
 * exactly so is not there. Any thread.
 */
final class Routes {
  /** Answers of a job. */
  private interface OfJob {
    JsonNode json(Now now);
  }

  /** Answers of one of its vertices. */
  private interface OfVertex {
    JsonNode json(Now now, VertexView vertex);
  }

  private static final Map<String, OfVertex> OF_VERTEX =
      Map.of(
          "", (now, vertex) -> VertexJson.of(now.view(), now.rates(), vertex),
          "backpressure", (now, vertex) -> VertexJson.backpressure(now.view(), now.rates(), vertex),
          "metrics", (now, vertex) -> MetricsJson.of(now.rates(), vertex),
          "watermarks", (now, vertex) -> MetricsJson.watermarks(vertex));

  private final Watched job;
  private final Samples samples;
  private final Exposition exposition;
  private final Secrets secrets;
  private final Map<String, OfJob> ofJob = new HashMap<>();

  Routes(Watched job, Samples samples, Exposition exposition) {
    this.job = job;
    this.exposition = exposition;
    Map<String, String> options = job.options();
    this.samples = samples;
    this.secrets = Secrets.of(options);
    JsonNode config = ConfigJson.options(job.view(), secrets.options(options));
    ofJob.put("", now -> JobJson.of(now.view(), now.rates()));
    ofJob.put("vertices", now -> JobJson.vertices(now.view(), now.rates()));
    ofJob.put("plan", now -> JobJson.plan(now.view()));
    ofJob.put("checkpoints", now -> CheckpointsJson.of(now.view()));
    ofJob.put("checkpoints/config", now -> CheckpointsJson.config(now.view()));
    ofJob.put("exceptions", now -> ExceptionsJson.of(now.view(), secrets));
    ofJob.put("config", now -> config);
    ofJob.put("metrics", now -> MetricsJson.of(now.view()));
    ofJob.put("user-metrics", now -> MetricsJson.ofUser(job.metrics()));
  }

  /** Whether a path is answered to whoever asks, with or without the token. */
  static boolean isPublic(String rawPath) {
    return rawPath.equals("/health/live") || rawPath.equals("/health/ready");
  }

  /** The answer to a path. */
  Answer answer(String rawPath) {
    Answer found = find(rawPath);
    return found == null ? Answer.refused(404, "not found") : found;
  }

  private @Nullable Answer find(String rawPath) {
    return switch (rawPath) {
      case "/metrics" -> metrics();
      case "/health/live" -> Answer.of(Answer.JSON, "{\"status\":\"UP\"}");
      case "/health/ready" -> ready();
      case "/config" -> json(ConfigJson.ofServer(samples.now().view()));
      case "/overview" -> json(OverviewJson.overview(samples.now().view()));
      case "/jobs" -> json(OverviewJson.jobs(samples.now().view()));
      case "/jobs/overview" -> json(OverviewJson.jobsOverview(samples.now().view()));
      default -> below(rawPath);
    };
  }

  private Answer metrics() {
    Now now = samples.now();
    return Answer.of(
        Exposition.CONTENT_TYPE,
        secrets.maskedValues(exposition.text(now.view(), now.rates(), job.metrics())));
  }

  private Answer ready() {
    return samples.now().view().isReady()
        ? Answer.of(Answer.JSON, "{\"status\":\"UP\"}")
        : Answer.refused(503, "the job is not running");
  }

  private @Nullable Answer below(String rawPath) {
    List<String> parts = Arrays.asList(rawPath.split("/", -1));
    if (parts.size() < 3 || !parts.get(1).equals("jobs")) {
      return null;
    }
    Now now = samples.now();
    if (!parts.get(2).equals(now.view().id())) {
      return null;
    }
    if (parts.size() >= 5 && parts.get(3).equals("vertices")) {
      Optional<VertexView> vertex =
          now.view().vertices().stream().filter(v -> v.id().equals(parts.get(4))).findFirst();
      OfVertex route = OF_VERTEX.get(String.join("/", parts.subList(5, parts.size())));
      return vertex.isEmpty() || route == null ? null : json(route.json(now, vertex.get()));
    }
    OfJob route = ofJob.get(String.join("/", parts.subList(3, parts.size())));
    return route == null ? null : json(route.json(now));
  }

  private Answer json(JsonNode node) {
    return Answer.of(Answer.JSON, secrets.maskedValues(node.toString()));
  }
}
