package io.purlin.nativerunner.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;

/** Asks what a job of this machine answers at its port. Used by one thread. */
public final class RestClient {
  private static final long MOST_NANOS = Duration.ofMinutes(2).toNanos();

  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper mapper = new ObjectMapper();
  private final int port;

  /** Asks at a port. */
  public RestClient(int port) {
    this.port = port;
  }

  /**
   * The answer to a path.
   *
   * @param headers names and values in turn
   */
  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  /** The answer to another method than {@code GET}, without a body. */
  public HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The JSON that a path is answered with. */
  public JsonNode json(String path) throws IOException, InterruptedException {
    return mapper.readTree(get(path).body());
  }

  /**
   * Asks again and again until the answer is as it must be, and returns it.
   *
   * @throws AssertionError with the last answer, when it does not become so
   */
  public JsonNode until(String path, Predicate<JsonNode> holds, String... headers)
      throws IOException, InterruptedException {
    long since = System.nanoTime();
    HttpResponse<String> answer;
    do {
      answer = get(path, headers);
      JsonNode json = mapper.readTree(answer.body());
      if (answer.statusCode() == 200 && holds.test(json)) {
        return json;
      }
    } while (System.nanoTime() - since < MOST_NANOS);
    throw new AssertionError(path + " says " + answer.body());
  }
}
