package io.purlin.conformance.budget;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What is allowed over its budget: lines of {@code where what limit reason}.
 *
 * @param entries one for each line
 */
record Exceptions(List<Entry> entries) {
  /**
   * One line.
   *
   * @param where as in {@link Finding#where}
   * @param what as in {@link Finding#what}
   * @param limit the larger limit
   * @param reason why this one may be larger
   */
  record Entry(String where, String what, int limit, String reason) {}

  static Exceptions read() {
    try (InputStream in = Exceptions.class.getResourceAsStream("/budget-exceptions.txt")) {
      if (in == null) {
        throw new IllegalStateException("budget-exceptions.txt is missing");
      }
      return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Exceptions parse(String text) {
    List<Entry> entries = new ArrayList<>();
    for (String line : text.lines().map(String::strip).toList()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.split("\\s+", 4));
      if (words.size() < 4) {
        throw new IllegalArgumentException("not 'where what limit reason': " + line);
      }
      entries.add(
          new Entry(words.get(0), words.get(1), Integer.parseInt(words.get(2)), words.get(3)));
    }
    return new Exceptions(List.copyOf(entries));
  }

  /** What is over its budget without a reason, and what has a reason without being over it. */
  List<String> judge(List<Finding> findings) {
    List<String> complaints = new ArrayList<>();
    Set<Entry> used = new HashSet<>();
    for (Finding finding : findings) {
      if (finding.over()) {
        List<Entry> covering =
            entries.stream()
                .filter(e -> e.where().equals(finding.where()) && e.what().equals(finding.what()))
                .toList();
        used.addAll(covering);
        if (covering.stream().noneMatch(entry -> finding.size() <= entry.limit())) {
          complaints.add(finding.toString());
        }
      }
    }
    entries.stream()
        .filter(entry -> !used.contains(entry))
        .map(entry -> "no longer needed: " + entry)
        .forEach(complaints::add);
    return complaints;
  }
}
