package io.purlin.nativerunner.web.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The protocol by which Chromium is told what to do, for one page: commands with their answers, and
 * what happened meanwhile. One thread calls; answers come by another.
 */
final class DevTools implements WebSocket.Listener {
  private static final long MOST_SECONDS = 120;

  private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
  private final Queue<JsonNode> events = new ConcurrentLinkedQueue<>();
  private final StringBuilder part = new StringBuilder();
  private final ObjectMapper json = new ObjectMapper();
  private @Nullable WebSocket socket;
  private String session = "";
  private int last;

  private DevTools() {}

  /** Connects, and opens a page that tells what it does. */
  static DevTools connect(URI browser) {
    DevTools made = new DevTools();
    made.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(browser, made).join();
    String target =
        made.call("Target.createTarget", Map.of("url", "about:blank")).at("/targetId").asText();
    made.session =
        made.call("Target.attachToTarget", Map.of("targetId", target, "flatten", true))
            .at("/sessionId")
            .asText();
    for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
      made.call(domain + ".enable", Map.of());
    }
    return made;
  }

  /** The answer to a command. */
  JsonNode call(String method, Map<String, ?> parameters) {
    ObjectNode command = json.createObjectNode();
    command.put("id", ++last);
    command.put("method", method);
    command.set("params", json.valueToTree(parameters));
    if (!session.isEmpty()) {
      command.put("sessionId", session);
    }
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    open.put(last, answer);
    if (socket == null) {
      throw new IllegalStateException("not connected");
    }
    socket.sendText(command.toString(), true).join();
    try {
      JsonNode found = answer.get(MOST_SECONDS, TimeUnit.SECONDS);
      if (found.has("error")) {
        throw new AssertionError(method + ": " + found.get("error"));
      }
      return found.get("result");
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError(method + " was not answered", e);
    }
  }

  /** The value of an expression in the page; of a promise, when it is there. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /**
   * Waits until an expression is true, looked at whenever the page is painted.
   *
   * @throws AssertionError after a minute and a half, with what the page says
   */
  void until(String expression) {
    JsonNode held =
        evaluate(
            "new Promise(done => { const end = performance.now() + 90000; const look = () => ("
                + expression
                + ") ? done(true) : performance.now() > end ? done(false)"
                + " : requestAnimationFrame(look); look(); })");
    if (!held.asBoolean()) {
      throw new AssertionError(
          "never held: " + expression + "; the page says: " + evaluate("document.body.innerText"));
    }
  }

  /** What happened, by the name of the event. */
  List<JsonNode> happened(String method) {
    return events.stream()
        .filter(event -> event.at("/method").asText().equals(method))
        .map(event -> event.get("params"))
        .toList();
  }

  /** Writes a picture of the whole page. */
  void picture(Path file, int width) {
    size(width, evaluate("document.documentElement.scrollHeight").asInt());
    until("document.readyState === 'complete'");
    String picture = call("Page.captureScreenshot", Map.of("format", "png")).at("/data").asText();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(picture));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How large the window is, in pixels. */
  void size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean isLast) {
    part.append(data);
    if (isLast) {
      take(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return CompletableFuture.completedFuture(null);
  }

  private void take(String message) {
    try {
      JsonNode node = json.readTree(message);
      CompletableFuture<JsonNode> waiting =
          node.has("id") ? open.remove(node.get("id").asInt()) : null;
      if (waiting == null) {
        events.add(node);
      } else {
        waiting.complete(node);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Tells the browser to end; its answer is not waited for. */
  void close() {
    if (socket != null) {
      socket.sendText("{\"id\":0,\"method\":\"Browser.close\"}", true).join();
    }
  }
}
