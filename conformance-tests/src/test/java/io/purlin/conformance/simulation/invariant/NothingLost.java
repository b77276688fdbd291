package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.Load;
import io.purlin.conformance.simulation.job.Result;
import java.util.HashSet;
import java.util.Set;

/** In the end there is a result for each record of the source. */
final class NothingLost implements Invariant {
  private record Place(long key, long number) {}

  private final Load load;
  private final Report report;
  private final Set<Place> seen = new HashSet<>();

  NothingLost(Load load, Report report) {
    this.load = load;
    this.report = report;
  }

  @Override
  public void visible(Result result) {
    seen.add(new Place(result.key(), result.number()));
  }

  @Override
  public void over() {
    Set<Place> missing = new HashSet<>();
    long[] numbers = new long[load.partitions() * load.keys()];
    for (int partition = 0; partition < load.partitions(); partition++) {
      for (long index = 0; index < load.records(); index++) {
        long key = load.key(partition, index);
        missing.add(new Place(key, ++numbers[(int) key]));
      }
    }
    missing.removeAll(seen);
    if (!missing.isEmpty()) {
      report.violated(
          getClass(),
          missing.size() + " results are missing, such as " + missing.iterator().next());
    }
  }
}
