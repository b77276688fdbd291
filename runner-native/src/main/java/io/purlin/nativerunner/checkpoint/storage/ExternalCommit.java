package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.sdk.connector.CheckpointId;
import java.util.Optional;

/**
 * What the external system that commits a job's checkpoints says was committed last.
 *
 * @param asked whether there is such a system; without one the local notes decide
 * @param marker its answer; nothing when it never committed a checkpoint of the job
 */
public record ExternalCommit(boolean asked, Optional<CheckpointId> marker) {
  /** A job whose checkpoints are committed by the local note. */
  public static ExternalCommit none() {
    return new ExternalCommit(false, Optional.empty());
  }

  /** The answer of the external system. */
  public static ExternalCommit answered(Optional<CheckpointId> marker) {
    return new ExternalCommit(true, marker);
  }
}
