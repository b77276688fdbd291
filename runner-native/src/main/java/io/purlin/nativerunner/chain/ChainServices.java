package io.purlin.nativerunner.chain;

import io.purlin.nativerunner.checkpoint.storage.SpillDirectory;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.sideinput.JobSideInputs;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * What the operators of one task's chain are given.
 *
 * @param taskIndex which of the parallel tasks this is, from 0
 * @param maxParallelism number of key groups of the job
 * @param current metadata of the element being passed
 * @param clock processing time
 * @param sideInputs materialised side inputs of the job
 * @param options the pipeline's options
 * @param checkpointed whether what is done is final only with a checkpoint
 * @param memory how much keyed state may be on the heap
 * @param standstill told before the task waits in the middle of an element
 * @param spill where snapshots go that are too large for the heap; null: they stay there
 * @param copies of state beyond the heap, on which snapshots build; null: there are none
 */
public record ChainServices(
    int taskIndex,
    int maxParallelism,
    CurrentElement current,
    Clock clock,
    JobSideInputs sideInputs,
    PipelineOptions options,
    boolean checkpointed,
    StateMemory memory,
    Standstill standstill,
    @Nullable SpillDirectory spill,
    @Nullable CopyRounds copies) {
  /** For a chain whose snapshots stay on the heap. */
  public ChainServices(
      int taskIndex,
      int maxParallelism,
      CurrentElement current,
      Clock clock,
      JobSideInputs sideInputs,
      PipelineOptions options,
      boolean checkpointed,
      StateMemory memory,
      Standstill standstill) {
    this(
        taskIndex,
        maxParallelism,
        current,
        clock,
        sideInputs,
        options,
        checkpointed,
        memory,
        standstill,
        null,
        null);
  }
}
