package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.Result;
import java.util.HashMap;
import java.util.Map;

/** The results of a key become visible in the order of its records, without a gap. */
final class OrderPerKey implements Invariant {
  private final Report report;
  private final Map<Long, Long> last = new HashMap<>();

  OrderPerKey(Report report) {
    this.report = report;
  }

  @Override
  public void visible(Result result) {
    long before = last.getOrDefault(result.key(), 0L);
    if (result.number() != before + 1) {
      report.violated(getClass(), result + " follows number " + before);
    }
    last.put(result.key(), result.number());
  }
}
