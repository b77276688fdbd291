package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.Load;
import java.util.List;

/** All of them. */
public final class Invariants {
  private Invariants() {}

  /** Those of one run. */
  public static List<Invariant> of(Load load, Report report) {
    return List.of(
        new NothingLost(load, report),
        new NothingDoubled(report),
        new OrderPerKey(report),
        new ResultsAreExact(load, report),
        new CreditsConserved(report),
        new CommittedIsReadable(report),
        new CheckpointsAdvance(report),
        new SourcesToldInTime(load, report),
        new NothingBreaksInside(report));
  }
}
