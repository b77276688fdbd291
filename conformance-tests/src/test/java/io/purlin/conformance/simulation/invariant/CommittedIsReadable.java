package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.SimulatedProcess.Ending;
import io.purlin.nativerunner.checkpoint.storage.CheckpointCorruptException;
import io.purlin.nativerunner.checkpoint.storage.CheckpointUnavailableException;

/**
 * A process finds the checkpoint that was committed last, whole, whatever its predecessor was doing
 * when it ended, and whatever of that the disk has kept.
 */
final class CommittedIsReadable implements Invariant {
  private final Report report;

  CommittedIsReadable(Report report) {
    this.report = report;
  }

  @Override
  public void ended(Ending ending, boolean stale, boolean calm) {
    if (stale || !(ending instanceof Ending.Failed failed)) {
      // Who stood still may find that what was committed meanwhile is on another disk.
      return;
    }
    for (Throwable each = failed.cause(); each != null; each = each.getCause()) {
      if (each instanceof CheckpointUnavailableException
          || each instanceof CheckpointCorruptException) {
        report.violated(getClass(), each.toString());
      }
    }
  }
}
