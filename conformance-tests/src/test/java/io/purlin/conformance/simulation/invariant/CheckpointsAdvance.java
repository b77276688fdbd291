package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.SimulatedProcess.Ending;

/**
 * The numbers of committed checkpoints grow; and a process that nothing is done to comes to the end
 * of the job, by itself and in bounded time.
 */
final class CheckpointsAdvance implements Invariant {
  private final Report report;
  private long last = -1;

  CheckpointsAdvance(Report report) {
    this.report = report;
  }

  @Override
  public void committed(long checkpoint) {
    if (checkpoint <= last) {
      report.violated(getClass(), "checkpoint " + checkpoint + " is committed after " + last);
    }
    last = checkpoint;
  }

  @Override
  public void ended(Ending ending, boolean stale, boolean calm) {
    if (calm && !(ending instanceof Ending.Done)) {
      report.violated(getClass(), "a process that nothing was done to ended with " + ending);
    }
  }
}
