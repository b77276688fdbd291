package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.Result;
import java.util.HashSet;
import java.util.Set;

/** No result becomes visible twice. */
final class NothingDoubled implements Invariant {
  private record Place(long key, long number) {}

  private final Report report;
  private final Set<Place> seen = new HashSet<>();

  NothingDoubled(Report report) {
    this.report = report;
  }

  @Override
  public void visible(Result result) {
    if (!seen.add(new Place(result.key(), result.number()))) {
      report.violated(getClass(), result + " is there twice");
    }
  }
}
