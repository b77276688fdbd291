package io.purlin.nativerunner.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of the status page. They are the same for every job and hold nothing of one, so that
 * whoever asks may have them: the page itself asks for what it shows, and for the token if need be.
 *
 * <p>Read once, from a list that is written down here. Immutable; any thread.
 */
final class Pages {
  private static final String HTML = "text/html;charset=utf-8";
  private static final String CSS = "text/css;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";
  private static final String SVG = "image/svg+xml;charset=utf-8";

  private static final Map<String, Answer> BY_PATH = new TreeMap<>();

  static {
    BY_PATH.put("/", file("index.html", HTML));
    BY_PATH.put("/page/page.css", file("page.css", CSS));
    BY_PATH.put("/page/icon.svg", file("icon.svg", SVG));
    for (String script :
        new String[] {"page", "elements", "graph", "layout", "tables", "text", "verdict"}) {
      BY_PATH.put("/page/" + script + ".js", file(script + ".js", SCRIPT));
    }
  }

  private Pages() {}

  /** The file that a path names, written exactly so; null when there is none. */
  static @Nullable Answer at(String rawPath) {
    return BY_PATH.get(rawPath);
  }

  private static Answer file(String name, String contentType) {
    try (InputStream in = Pages.class.getResourceAsStream("page/" + name)) {
      if (in == null) {
        throw new IllegalStateException("page/" + name + " is missing in the jar");
      }
      return Answer.of(contentType, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
