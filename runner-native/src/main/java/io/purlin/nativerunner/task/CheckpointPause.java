package io.purlin.nativerunner.task;

import io.purlin.nativerunner.metrics.TaskCounters;
import io.purlin.nativerunner.time.Clock;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/**
 * A stretch of time in which a task works on no element because of a checkpoint: at the barrier, or
 * while it writes some more of its answer between two batches. An event of the JDK's flight
 * recorder; costs next to nothing while nobody records.
 */
@Name("purlin.CheckpointPause")
@Label("Checkpoint Pause")
@Category("Purlin")
@Description("A task stands still for a checkpoint")
@StackTrace(false)
final class CheckpointPause extends Event {
  /** What a task does for checkpoints in one step. */
  interface Part {
    /** Whether there was anything to do. */
    boolean take() throws Exception;
  }

  /**
   * Does a task's part and records how long that took, if there was anything to do.
   *
   * @param counters of the task
   * @param sinceMillis the time of the clock, read just before
   */
  static boolean during(Part part, TaskCounters counters, Clock clock, long sinceMillis)
      throws Exception {
    CheckpointPause pause = new CheckpointPause();
    pause.begin();
    boolean taken = part.take();
    pause.end();
    if (taken) {
      pause.commit();
      counters.add(TaskCounters.Name.CHECKPOINT_MILLIS, clock.millis() - sinceMillis);
    }
    return taken;
  }
}
