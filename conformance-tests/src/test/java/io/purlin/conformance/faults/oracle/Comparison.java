package io.purlin.conformance.faults.oracle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what is there with what should be. Owned by one thread; for one comparison. */
final class Comparison {
  private static final int EXAMPLES = 12;

  private final List<String> examples = new ArrayList<>();
  private long expectedResults;
  private long lost;
  private long doubled;
  private long disordered;
  private long wrong;
  private long vanished;
  private long unseen;

  /**
   * Judges.
   *
   * @param expected the results by key, in order
   * @param first what the reader saw that was there from the start
   * @param last what the reader sees that comes when all is over
   */
  static Verdict of(
      long records, Map<String, List<String>> expected, List<Seen> first, List<Seen> last) {
    Comparison comparison = new Comparison();
    Map<String, List<String>> actual = new HashMap<>();
    last.forEach(
        seen -> actual.computeIfAbsent(seen.key(), key -> new ArrayList<>()).add(seen.value()));
    expected.forEach(
        (key, results) -> comparison.key(key, results, actual.getOrDefault(key, List.of())));
    actual.keySet().removeAll(expected.keySet());
    actual.forEach((key, results) -> comparison.key(key, List.of(), results));
    comparison.readers(first, last);
    return new Verdict(
        records,
        comparison.expectedResults,
        comparison.lost,
        comparison.doubled,
        comparison.disordered,
        comparison.wrong,
        comparison.vanished,
        comparison.unseen,
        comparison.examples);
  }

  private void key(String key, List<String> expected, List<String> actual) {
    expectedResults += expected.size();
    Map<String, Integer> places = new HashMap<>();
    expected.forEach(result -> places.put(result, places.size()));
    Set<String> seen = new HashSet<>();
    int furthest = -1;
    for (String result : actual) {
      Integer place = places.get(result);
      if (place == null) {
        wrong++;
        example("wrong", key, result);
      } else if (!seen.add(result)) {
        doubled++;
        example("doubled", key, result);
      } else if (place < furthest) {
        disordered++;
        example("out of order", key, result);
      } else {
        furthest = place;
      }
    }
    for (String result : expected) {
      if (!seen.contains(result)) {
        lost++;
        example("lost", key, result);
      }
    }
  }

  private void readers(List<Seen> first, List<Seen> last) {
    Set<Seen> there = new HashSet<>(last);
    Set<Seen> before = new HashSet<>(first);
    for (Seen each : first) {
      if (!there.contains(each)) {
        vanished++;
        example("vanished", each.key(), each.toString());
      }
    }
    for (Seen each : last) {
      if (!before.contains(each)) {
        unseen++;
        example("unseen by the first reader", each.key(), each.toString());
      }
    }
    // A reader that gets an offset twice has seen one record too many.
    vanished += first.size() - before.size();
  }

  private void example(String what, String key, String result) {
    if (examples.size() < EXAMPLES) {
      examples.add(what + ": " + key + " " + result);
    }
  }
}
