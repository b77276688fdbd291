package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.Load;
import io.purlin.conformance.simulation.job.Result;

/** A source is told that it may forget only what has its results visible. */
final class SourcesToldInTime implements Invariant {
  private final Load load;
  private final Report report;
  private final long[] visible;

  SourcesToldInTime(Load load, Report report) {
    this.load = load;
    this.report = report;
    this.visible = new long[load.partitions()];
  }

  @Override
  public void visible(Result result) {
    visible[load.partitionOf(result.key())]++;
  }

  @Override
  public void told(int partition, long read) {
    if (visible[partition] < read) {
      report.violated(
          getClass(),
          "partition "
              + partition
              + " was told of "
              + read
              + " records, visible are results of "
              + visible[partition]);
    }
  }
}
