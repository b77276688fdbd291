package io.purlin.conformance.simulation.bug;

import io.purlin.conformance.simulation.job.FaultyFiles;
import io.purlin.conformance.simulation.world.Life;
import io.purlin.nativerunner.checkpoint.storage.CheckpointFiles;
import java.nio.file.Path;

/** Leaves files as they are when they are to be synced. */
final class UnsyncedFiles extends FaultyFiles {
  UnsyncedFiles(CheckpointFiles disk, Life life, int refusals) {
    super(disk, life, refusals);
  }

  @Override
  protected void sync(Output output) {}

  @Override
  public void sync(Path file) {}
}
