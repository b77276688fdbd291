package io.purlin.benchmarks.command;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.purlin.benchmarks.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The results of the last run of every benchmark, as a file. What is measured again replaces what
 * was there. Used by one thread.
 */
final class Report {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path file;

  Report(Path file) {
    this.file = file;
  }

  /**
   * Adds a result and prints it, at once on disk: a benchmark that fails later takes nothing away.
   */
  void add(Comparison comparison) throws IOException {
    Map<String, Comparison> byName = new LinkedHashMap<>();
    if (Files.exists(file)) {
      List<Comparison> earlier =
          JSON.readValue(file.toFile(), new TypeReference<List<Comparison>>() {});
      earlier.forEach(each -> byName.put(each.name(), each));
    }
    byName.put(comparison.name(), comparison);
    Files.createDirectories(file.toAbsolutePath().getParent());
    JSON.writeValue(file.toFile(), new ArrayList<>(byName.values()));
    System.out.println(row(comparison));
  }

  /** Heading of the table. */
  static String heading() {
    return "%-44s %-10s %14s %14s %8s %8s %8s %6s %7s  %s"
        .formatted(
            "name", "unit", "ours", "peer", "ratio", "low", "high", "asked", "rounds", "peer is");
  }

  /** A result as a line of the table. */
  static String row(Comparison each) {
    return String.format(
        Locale.ROOT,
        "%-44s %-10s %14.1f %14.1f %8.2f %8.2f %8.2f %6s %7d  %s%s",
        each.name(),
        each.unit(),
        each.ours(),
        each.peer(),
        each.ratio(),
        each.low(),
        each.high(),
        each.least() > 0 ? each.least() : "",
        each.rounds(),
        each.peerVersion(),
        each.missed() ? ": MISSED" : "");
  }
}
