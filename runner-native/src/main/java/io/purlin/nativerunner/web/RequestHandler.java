package io.purlin.nativerunner.web;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers requests: checks them, finds what they name, and sends it. Any thread. */
final class RequestHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(RequestHandler.class);
  private static final int NO_BODY = -1;

  private final Guard guard;
  private volatile @Nullable Routes routes;

  RequestHandler(Guard guard) {
    this.guard = guard;
  }

  /** From now on there is a job to look at. */
  void serve(Routes ofJob) {
    routes = ofJob;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer;
      try {
        answer = answer(exchange);
      } catch (RuntimeException e) {
        // What failed may say more than a caller should know.
        LOG.warn("A request for the job's state failed", e);
        answer = Answer.refused(500, "the answer could not be made");
      }
      send(answer, exchange);
    }
  }

  private Answer answer(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    if (path == null) {
      return Answer.refused(400, "there is no path");
    }
    Answer page = Pages.at(path);
    Answer refusal =
        guard.refuse(
            exchange.getRequestMethod(),
            exchange.getRequestURI(),
            exchange.getRequestHeaders(),
            page == null && !Routes.isPublic(path));
    if (refusal != null) {
      return refusal;
    }
    if (page != null) {
      return page;
    }
    Routes found = routes;
    return found == null ? Answer.refused(503, "the job is not running") : found.answer(path);
  }

  private static void send(Answer answer, HttpExchange exchange) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.contentType());
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("X-Frame-Options", "DENY");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cross-Origin-Resource-Policy", "same-origin");
    headers.set(
        "Content-Security-Policy",
        "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
    headers.set("Cache-Control", "no-store");
    answer.headers().forEach(headers::set);
    byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(body.length));
      exchange.sendResponseHeaders(answer.status(), NO_BODY);
      return;
    }
    if (answer.status() >= 400) {
      // What may follow, such as the body of a request, is not read.
      headers.set("Connection", "close");
    }
    exchange.sendResponseHeaders(answer.status(), body.length == 0 ? NO_BODY : body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
