package io.purlin.nativerunner.job;

import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.task.Crew;
import io.purlin.state.StateMemory;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one try to run a job, from its beginning or from a checkpoint.
 *
 * @param crew the threads that step them
 * @param rounds their checkpoints; null in a job without
 * @param sinks what their checkpoints commit
 * @param metrics what they count
 * @param memory where their keyed state is; to be closed when all tasks have been
 */
record Attempt(
    Crew crew,
    @Nullable CheckpointRounds rounds,
    JobSinks sinks,
    JobMetrics metrics,
    StateMemory memory) {
  /** Tells tasks to stop where they are, and lets those fail that wait for a commit. */
  void stop() {
    crew.stop();
    sinks.close();
  }
}
