package io.purlin.conformance.crash;

import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.job.CheckpointStore;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.state.cold.ColdStore;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A checkpoint store that crashes when it is time. Used by the thread that runs the job. */
final class CrashingStore implements CheckpointStore {
  private final CheckpointStore store;
  private final Pace pace;
  private final Progress progress;

  /** Counts over the runs of a pipeline. */
  static final class Progress {
    private int commits;
    private int restores;

    /** Checkpoints of all runs that were committed. */
    int commits() {
      return commits;
    }

    /** Runs that went on from a checkpoint. */
    int restores() {
      return restores;
    }
  }

  CrashingStore(CheckpointStore store, Pace pace, Progress progress) {
    this.store = store;
    this.pace = pace;
    this.progress = progress;
  }

  @Override
  public Optional<Stored> restore(ExternalCommit external) throws IOException {
    Optional<Stored> found = store.restore(external);
    progress.restores += found.isPresent() ? 1 : 0;
    return found;
  }

  @Override
  public @Nullable SpillDirectory spill() {
    return store.spill();
  }

  @Override
  public long newestNumber() throws IOException {
    return store.newestNumber();
  }

  @Override
  public void write(CheckpointId id, List<TaskSnapshot> tasks) throws IOException {
    pace.writes();
    store.write(id, tasks);
    pace.commits();
  }

  @Override
  public void noteCommitted(CheckpointId id) throws IOException {
    store.noteCommitted(id);
    progress.commits++;
    pace.committed();
  }

  @Override
  public void deleteOlder(CheckpointId newest, int retained) throws IOException {
    store.deleteOlder(newest, retained);
  }

  @Override
  public void discard(CheckpointId id) throws IOException {
    store.discard(id);
  }

  @Override
  public boolean copies() {
    return store.copies();
  }

  @Override
  public long copy(ColdStore cold, long number) throws IOException {
    return store.copy(cold, number);
  }

  @Override
  public void close() throws IOException {
    store.close();
  }
}
