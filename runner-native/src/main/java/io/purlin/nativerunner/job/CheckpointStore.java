package io.purlin.nativerunner.job;

import io.purlin.nativerunner.task.TaskSnapshot;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a job's checkpoints are kept. Called by the job's own thread, except {@link Draft#add}. */
public interface CheckpointStore {
  /** A checkpoint while it is being taken. */
  interface Draft {
    /**
     * Adds the part of one task. Called by the thread of that task.
     *
     * @throws IOException when it cannot be written
     */
    void add(TaskSnapshot snapshot) throws IOException;

    /**
     * Every task's part is there: makes the checkpoint durable.
     *
     * @throws IOException when it is not
     */
    void prepare() throws IOException;

    /**
     * What belongs to the checkpoint outside the job is committed; older checkpoints may go.
     *
     * @throws IOException when that cannot be noted; the checkpoint is committed all the same
     */
    void commit() throws IOException;
  }

  /**
   * Begins a checkpoint; the one before is committed or given up.
   *
   * @param number greater than that of all before
   */
  Draft begin(long number) throws IOException;

  /** The number of the newest checkpoint that was begun; 0 when there was none. */
  long lastNumber();

  /**
   * The parts of the newest committed checkpoint; null when there is none.
   *
   * @throws IOException when it cannot be read
   */
  @Nullable List<TaskSnapshot> restore() throws IOException;
}
