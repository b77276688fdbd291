package io.purlin.nativerunner;

import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.job.CheckpointStore;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.sdk.connector.CheckpointId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the newest committed checkpoint in memory, for one job after the other. */
final class MemoryCheckpoints implements CheckpointStore {
  private final Runnable onCommit;
  private @Nullable Stored written;
  private @Nullable Stored committed;
  private int commits;
  private int restores;

  /** Calls {@code onCommit} after each commit. */
  MemoryCheckpoints(Runnable onCommit) {
    this.onCommit = onCommit;
  }

  @Override
  public Optional<Stored> restore(ExternalCommit external) {
    restores += committed == null ? 0 : 1;
    return Optional.ofNullable(committed);
  }

  @Override
  public long newestNumber() {
    return written == null ? 0 : written.id().number();
  }

  @Override
  public void write(CheckpointId id, List<TaskSnapshot> tasks) {
    written = Stored.of(id, tasks, committed);
  }

  @Override
  public void noteCommitted(CheckpointId id) {
    committed = written;
    commits++;
    onCommit.run();
  }

  @Override
  public void deleteOlder(CheckpointId newest, int retained) {}

  @Override
  public void discard(CheckpointId id) {}

  @Override
  public void close() {}

  int commits() {
    return commits;
  }

  int restores() {
    return restores;
  }
}
