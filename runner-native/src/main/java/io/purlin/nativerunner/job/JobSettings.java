package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.job.machine.Machine;
import io.purlin.nativerunner.task.TaskLimits;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdCopy;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a job runs.
 *
 * @param options the pipeline's options, for user code
 * @param stepped whether one thread steps all tasks in turn, on a clock that a test stream sets
 * @param maxParallelism number of key groups
 * @param buffersPerChannel credits of each channel, in batches
 * @param limits limits that each task keeps
 * @param checkpointing where its checkpoints go; null: it takes none
 * @param restarts what happens when it fails
 * @param memory makes the place for an attempt's keyed state
 * @param machine what it runs on
 */
public record JobSettings(
    PipelineOptions options,
    boolean stepped,
    int maxParallelism,
    int buffersPerChannel,
    TaskLimits limits,
    @Nullable Checkpointing checkpointing,
    RestartStrategy.Settings restarts,
    Memory memory,
    Machine machine) {

  /** The same on the machine that the process runs on. */
  public JobSettings(
      PipelineOptions options,
      boolean stepped,
      int maxParallelism,
      int buffersPerChannel,
      TaskLimits limits,
      @Nullable Checkpointing checkpointing,
      RestartStrategy.Settings restarts,
      Memory memory) {
    this(
        options,
        stepped,
        maxParallelism,
        buffersPerChannel,
        limits,
        checkpointing,
        restarts,
        memory,
        Machine.real());
  }

  /** Makes the place for an attempt's keyed state. */
  public interface Memory {
    /** Everything stays on the heap, in jobs that always did so. */
    Memory HEAP = before -> StateMemory.unlimited();

    /**
     * Makes one.
     *
     * @param before copy of what was beyond the heap in an earlier run, if there was any
     * @throws IOException when that cannot be opened
     */
    StateMemory make(@Nullable ColdCopy before) throws IOException;
  }

  /**
   * Where checkpoints go and when.
   *
   * @param store where they are kept
   * @param settings when they are taken and what may go wrong
   * @param resumes whether the job goes on from the newest committed one; else it begins anew
   * @param allowNonRestoredState whether what a checkpoint holds of steps that the pipeline no
   *     longer has may be dropped
   * @param origin the checkpoint that this run begins with, instead of the newest; null: none
   */
  public record Checkpointing(
      CheckpointStore store,
      CheckpointSettings settings,
      boolean resumes,
      boolean allowNonRestoredState,
      @Nullable Origin origin) {
    /** Without a checkpoint to begin with other than the newest. */
    public Checkpointing(
        CheckpointStore store,
        CheckpointSettings settings,
        boolean resumes,
        boolean allowNonRestoredState) {
      this(store, settings, resumes, allowNonRestoredState, null);
    }
  }

  /**
   * A checkpoint that is named by where it is.
   *
   * @param path directory of a checkpoint, or of a job whose newest committed one is meant
   * @param allowDuplicates whether output that sinks have committed behind it may be written again
   */
  public record Origin(Path path, boolean allowDuplicates) {}
}
