package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.CountedChannel;
import java.util.List;

/** On every path, also on failure: credits granted = free + under way. */
final class CreditsConserved implements Invariant {
  private final Report report;

  CreditsConserved(Report report) {
    this.report = report;
  }

  @Override
  public void closed(List<CountedChannel> channels) {
    for (CountedChannel channel : channels) {
      if (channel.missing() != 0) {
        report.violated(
            getClass(),
            "of " + channel.granted() + " credits " + channel.missing() + " are nowhere");
      }
    }
  }
}
