package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.storage.CheckpointUnavailableException;
import io.purlin.nativerunner.checkpoint.storage.ExternalCommit;
import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.state.cold.ColdStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a job's checkpoints are kept. Called by the thread that runs the job, one call at a time.
 *
 * <p>A checkpoint is written, then noted as committed; only then it counts for a job whose sinks
 * commit nothing outside. For one whose sinks do, what the external system says counts.
 */
public interface CheckpointStore extends Closeable {
  /**
   * A committed checkpoint.
   *
   * @param id which
   * @param tasks what the tasks wrote down; empty when it was the end of the job
   */
  record Stored(CheckpointId id, List<TaskSnapshot> tasks) {
    /**
     * A checkpoint as it can be restored, from what was given to {@link #write}; for a store that
     * keeps the objects themselves.
     *
     * @param before the checkpoint that was committed last, complete; null when there was none
     */
    public static Stored of(CheckpointId id, List<TaskSnapshot> tasks, @Nullable Stored before) {
      return before == null
          ? new Stored(id, List.copyOf(tasks))
          : new Stored(id, tasks.stream().map(task -> task.after(before.tasks)).toList());
    }
  }

  /**
   * Finds the checkpoint to start from, and gives up what was never committed.
   *
   * @param external what the external system that commits the job's sinks says
   * @return nothing when the job starts from its beginning
   * @throws IOException when it cannot be read, or is not to be trusted
   */
  Optional<Stored> restore(ExternalCommit external) throws IOException;

  /** Where segments go that are too large for the heap; null: all stay there. Any thread. */
  default @Nullable SpillDirectory spill() {
    return null;
  }

  /**
   * Where the parts of a chain's tasks in a checkpoint are, for people.
   *
   * @throws IOException when that cannot be found out
   */
  default Path file(CheckpointId id, String chain) throws IOException {
    return Path.of("checkpoint " + id.number());
  }

  /**
   * A checkpoint that is kept elsewhere, or an older one of here. Whole: every byte was checked.
   */
  interface Foreign {
    /** Which one, what it holds, to be read where it is. */
    Stored stored();

    /** Whether it is noted as committed. */
    boolean isCommitted();

    /**
     * Copies it here under a number and a token of this job. When this returns it survives a power
     * cut; it is not committed yet.
     */
    void copyAs(CheckpointId id) throws IOException;
  }

  /**
   * Finds and checks a checkpoint by its place. A store may have no places.
   *
   * @param path directory of a checkpoint, or of a job whose newest committed one is meant
   * @throws IOException when there is none or it is damaged; the message names the file
   */
  default Foreign find(Path path) throws IOException {
    throw new CheckpointUnavailableException(path + ": these checkpoints have no directories");
  }

  /**
   * The greatest number of any checkpoint here, committed or not; 0 when there is none.
   *
   * @throws IOException when that cannot be found out
   */
  long newestNumber() throws IOException;

  /**
   * Makes a checkpoint durable. When this returns it survives a power cut; it is not committed yet.
   *
   * @param tasks what the tasks wrote down; empty at the end of the job
   * @throws IOException when it is not durable
   */
  void write(CheckpointId id, List<TaskSnapshot> tasks) throws IOException;

  /**
   * Notes that a checkpoint that was written is committed.
   *
   * @throws IOException when the note is not durable
   */
  void noteCommitted(CheckpointId id) throws IOException;

  /**
   * Deletes all committed checkpoints but the newest {@code retained}.
   *
   * @throws IOException when one cannot be deleted; no other is harmed
   */
  void deleteOlder(CheckpointId newest, int retained) throws IOException;

  /**
   * Deletes what there is of a checkpoint that was given up.
   *
   * @throws IOException when it cannot be deleted; a later start does it
   */
  void discard(CheckpointId id) throws IOException;

  /** Whether {@link #copy} is supported. If not, checkpoints hold all state themselves. */
  default boolean copies() {
    return false;
  }

  /**
   * Copies state beyond the heap. Checkpoints that are written from now on hold the copy if the
   * oldest segments of any of their operators are of {@code number}.
   *
   * @param number of the checkpoint since which the state was folded
   * @return bytes of the copy
   * @throws IOException when there is no copy; nothing has changed then
   */
  default long copy(ColdStore cold, long number) throws IOException {
    throw new UnsupportedOperationException("state beyond the heap is not copied here");
  }

  /** Lets another run of the job have the checkpoints. */
  @Override
  void close() throws IOException;
}
