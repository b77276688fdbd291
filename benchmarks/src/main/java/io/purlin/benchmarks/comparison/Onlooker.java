package io.purlin.benchmarks.comparison;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks a job's port each second for what an open status page asks for with a vertex chosen, and for
 * its metrics, as Prometheus does. Between jobs nobody answers, which is no failure. Any thread.
 */
final class Onlooker implements Closeable {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");
  private static final int LONGEST_MILLIS = 2_000;

  private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong looks = new AtomicLong();
  private final String address;

  /** Begins to look. */
  Onlooker(int port) {
    this.address = "http://127.0.0.1:" + port;
    var unused = executor.scheduleWithFixedDelay(this::look, 0, 1, TimeUnit.SECONDS);
  }

  /** How often everything was answered. */
  long looks() {
    return looks.get();
  }

  private void look() {
    try {
      String job = "/jobs/" + ids(get("/jobs")).get(0);
      String vertex = ids(get(job)).get(0);
      Stream.of(
              job + "/checkpoints",
              job + "/user-metrics",
              job + "/exceptions",
              job + "/vertices/" + vertex,
              "/metrics")
          .forEach(this::get);
      looks.incrementAndGet();
    } catch (UncheckedIOException | IndexOutOfBoundsException e) {
      // There is no job now.
    }
  }

  private static List<String> ids(String json) {
    Matcher matcher = ID.matcher(json);
    return matcher.results().map(each -> each.group(1)).toList();
  }

  private String get(String path) {
    try {
      // The plainest client that keeps its connection: it runs on the cores of the job.
      HttpURLConnection request =
          (HttpURLConnection) URI.create(address + path).toURL().openConnection();
      request.setConnectTimeout(LONGEST_MILLIS);
      request.setReadTimeout(LONGEST_MILLIS);
      if (request.getResponseCode() != HttpURLConnection.HTTP_OK) {
        throw new IOException(path + " was answered with " + request.getResponseCode());
      }
      try (InputStream answer = request.getInputStream()) {
        return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
