package io.purlin.conformance.faults.rows;

import io.purlin.conformance.faults.oracle.Verdict;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a row has done, added up over its rounds. All verdicts are good ones. */
final class Figures {
  private final Map<String, Integer> counts = new TreeMap<>();
  private long results;

  void add(Verdict verdict) {
    count("rounds", 1);
    results += verdict.expected();
  }

  void count(String what, int more) {
    counts.merge(what, more, Integer::sum);
  }

  /** The greatest of several. */
  void most(String what, int value) {
    counts.merge(what, value, Math::max);
  }

  String line() {
    String done =
        counts.entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey())
            .collect(Collectors.joining(", "));
    return done + "; " + results + " results: 0 lost, 0 doubled, 0 out of order, 0 vanished";
  }
}
