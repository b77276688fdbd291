package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.Load;
import io.purlin.conformance.simulation.job.Result;
import java.util.HashMap;
import java.util.Map;

/**
 * What a result says is what a run without faults would say: the sum of its key's values so far,
 * and its place in its group, which no other has.
 */
final class ResultsAreExact implements Invariant {
  private final Report report;
  private final Map<Long, Map<Long, Long>> sums = new HashMap<>();
  private final Map<Integer, Long> places = new HashMap<>();

  ResultsAreExact(Load load, Report report) {
    this.report = report;
    for (int partition = 0; partition < load.partitions(); partition++) {
      Map<Long, Long> running = new HashMap<>();
      for (long index = 0; index < load.records(); index++) {
        long key = load.key(partition, index);
        long sum = running.merge(key, load.value(partition, index), Long::sum);
        Map<Long, Long> ofKey = sums.computeIfAbsent(key, each -> new HashMap<>());
        ofKey.put(ofKey.size() + 1L, sum);
      }
    }
  }

  @Override
  public void visible(Result result) {
    Long expected = sums.getOrDefault(result.key(), Map.of()).get(result.number());
    if (expected == null || expected != result.sum()) {
      report.violated(getClass(), result + " has the sum " + expected);
    }
    long before = places.getOrDefault(result.group(), 0L);
    if (result.place() != before + 1) {
      report.violated(getClass(), result + " follows place " + before);
    }
    places.put(result.group(), result.place());
  }
}
