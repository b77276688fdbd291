package io.purlin.conformance.canary;

import com.fasterxml.jackson.databind.JsonNode;
import io.purlin.nativerunner.web.RestClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What a job's port answers. Used by one thread. */
final class Answers {
  private static final List<String> OF_NO_JOB =
      List.of(
          "/",
          "/page/page.js",
          "/config",
          "/overview",
          "/jobs",
          "/jobs/overview",
          "/metrics",
          "/health/live",
          "/health/ready",
          "/not/there");

  private static final List<String> OF_JOB =
      List.of(
          "",
          "/vertices",
          "/plan",
          "/checkpoints",
          "/checkpoints/config",
          "/exceptions",
          "/config",
          "/metrics",
          "/user-metrics");

  private static final List<String> OF_VERTEX =
      List.of("", "/backpressure", "/metrics", "/watermarks");

  private static final String[] TOKEN = {"Authorization", "Bearer " + Canaries.TOKEN};

  private final RestClient client;

  Answers(int port) {
    client = new RestClient(port);
  }

  /** Asks until the answer is as it must be. */
  JsonNode until(String path, Predicate<JsonNode> holds) throws IOException, InterruptedException {
    return client.until(path, holds, TOKEN);
  }

  /** All that there is, with the headers; and what those are answered who lack the token. */
  Map<String, String> all() throws IOException, InterruptedException {
    String job = "/jobs/" + until("/jobs", all -> true).at("/jobs/0/id").asText();
    List<String> paths = new ArrayList<>(OF_NO_JOB);
    OF_JOB.forEach(each -> paths.add(job + each));
    for (JsonNode vertex : until(job, all -> true).at("/vertices")) {
      OF_VERTEX.forEach(each -> paths.add(job + "/vertices/" + vertex.at("/id").asText() + each));
    }
    Map<String, String> all = new LinkedHashMap<>();
    for (String path : paths) {
      for (boolean withToken : new boolean[] {true, false}) {
        HttpResponse<String> answer = withToken ? client.get(path, TOKEN) : client.get(path);
        all.put(path + (withToken ? "" : " without token"), text(answer));
      }
    }
    return all;
  }

  private static String text(HttpResponse<String> answer) {
    return String.join(
        "\n",
        Stream.of(
                String.valueOf(answer.statusCode()),
                String.valueOf(answer.headers().map()),
                answer.body())
            .toList());
  }
}
