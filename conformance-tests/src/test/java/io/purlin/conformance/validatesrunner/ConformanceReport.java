package io.purlin.conformance.validatesrunner;

import java.util.List;

/**
 * All verdicts as a table for people and as JSON for programs.
 *
 * @param verdicts one for each configuration that ran
 */
record ConformanceReport(List<Verdict> verdicts) {
  /** One row for each configuration, and below it what there is to complain about. */
  String table() {
    StringBuilder out = new StringBuilder();
    out.append(
        row("suite", "configuration", "run", "passed", "failed", "skipped", "excluded", "verdict"));
    for (Verdict verdict : verdicts) {
      out.append(
          row(
              verdict.configuration().suite().title(),
              verdict.configuration().label(),
              verdict.run(),
              verdict.passed(),
              verdict.failed(),
              verdict.skipped(),
              verdict.configuration().suite().size().excluded(),
              verdict.complaints().isEmpty() ? "as listed" : "NOT as listed"));
    }
    for (Verdict verdict : verdicts) {
      for (String complaint : verdict.complaints()) {
        out.append(verdict.configuration().label()).append(": ").append(complaint).append('\n');
      }
    }
    return out.toString();
  }

  /** A list with an object for each configuration. */
  String json() {
    return "[\n" + String.join(",\n", verdicts.stream().map(this::json).toList()) + "\n]\n";
  }

  private String json(Verdict verdict) {
    return ("  {\"suite\": \"%s\", \"config\": \"%s\", \"run\": %d, \"passed\": %d, \"failed\": %d,"
            + " \"skipped\": %d, \"excluded\": %d}")
        .formatted(
            verdict.configuration().suite().title(),
            verdict.configuration().label(),
            verdict.run(),
            verdict.passed(),
            verdict.failed(),
            verdict.skipped(),
            verdict.configuration().suite().size().excluded());
  }

  private static String row(Object... cells) {
    return "%-16s %-20s %5s %7s %7s %8s %9s  %s%n".formatted(cells);
  }
}
