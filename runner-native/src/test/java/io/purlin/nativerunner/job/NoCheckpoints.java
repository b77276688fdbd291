package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.sdk.connector.CheckpointId;
import java.util.List;
import java.util.Optional;

/** Keeps nothing. */
class NoCheckpoints implements CheckpointStore {
  @Override
  public Optional<Stored> restore(ExternalCommit external) {
    return Optional.empty();
  }

  @Override
  public long newestNumber() {
    return 0;
  }

  @Override
  public void write(CheckpointId id, List<TaskSnapshot> tasks) {}

  @Override
  public void noteCommitted(CheckpointId id) {}

  @Override
  public void deleteOlder(CheckpointId newest, int retained) {}

  @Override
  public void discard(CheckpointId id) {}

  @Override
  public void close() {}
}
