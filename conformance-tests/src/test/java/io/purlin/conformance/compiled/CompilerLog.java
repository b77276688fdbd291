package io.purlin.conformance.compiled;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The log that {@code -XX:+LogCompilation} writes: for each method that was compiled, what was
 * inlined into it. It looks like XML but does not always parse as such; each element is on a line.
 * Ids are those of one compilation.
 */
final class CompilerLog {
  private static final Pattern ELEMENT = Pattern.compile("^<(/?)(\\w+)(.*?)/?>$");
  private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)='([^']*)'");

  /** Behind the slash: what makes the name of a hidden class unique. */
  private static final Pattern HIDDEN = Pattern.compile("[/+]0x[0-9a-f]+");

  private final Set<CallSite> unbound =
      new TreeSet<>((a, b) -> a.toString().compareTo(b.toString()));
  private final Map<String, String> classes = new HashMap<>();
  private final Map<String, String> methods = new HashMap<>();
  private final Deque<String> inlined = new ArrayDeque<>();
  private String called = "";
  private boolean optimizing;

  private CompilerLog() {}

  /** Reads a log. */
  static CompilerLog read(Path file) throws IOException {
    CompilerLog log = new CompilerLog();
    // Names of classes are all that may not be ASCII.
    try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      lines.forEach(log::line);
    }
    return log;
  }

  /** All calls that it could not bind, in whatever was inlined. */
  Set<CallSite> unbound() {
    return unbound;
  }

  private void line(String line) {
    Matcher element = ELEMENT.matcher(line);
    if (!element.matches()) {
      return;
    }
    boolean ends = !element.group(1).isEmpty();
    Map<String, String> attributes = attributes(element.group(3));
    switch (element.group(2)) {
      case "task" -> task(ends, attributes);
      case "klass" -> classes.put(value(attributes, "id"), value(attributes, "name"));
      case "method" ->
          methods.put(
              value(attributes, "id"),
              classes.get(value(attributes, "holder")) + "." + value(attributes, "name"));
      case "parse" -> {
        if (ends) {
          inlined.pop();
        } else {
          inlined.push(method(attributes));
        }
      }
      case "call" -> called = ends ? called : method(attributes);
      case "virtual_call" -> {
        if (optimizing && !inlined.isEmpty()) {
          unbound.add(new CallSite(inlined.getFirst(), called));
        }
      }
      default -> {}
    }
  }

  private void task(boolean ends, Map<String, String> attributes) {
    classes.clear();
    methods.clear();
    inlined.clear();
    // Levels 1 to 3 are of the quick compiler.
    optimizing = !ends && attributes.getOrDefault("level", "4").equals("4");
  }

  private String method(Map<String, String> attributes) {
    String name = methods.getOrDefault(value(attributes, "method"), "?");
    return HIDDEN.matcher(name).replaceAll("");
  }

  private static String value(Map<String, String> attributes, String name) {
    return attributes.getOrDefault(name, "?");
  }

  private static Map<String, String> attributes(String text) {
    Map<String, String> attributes = new HashMap<>();
    for (Matcher each = ATTRIBUTE.matcher(text); each.find(); ) {
      attributes.put(each.group(1), each.group(2).replace("&lt;", "<").replace("&gt;", ">"));
    }
    return attributes;
  }
}
