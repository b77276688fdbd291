package io.purlin.nativerunner.splittable;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The one thread of the process that tells long calls of splittable DoFns to checkpoint. It starts
 * with the first such call and does not keep the process alive.
 */
final class CheckpointTimer {
  private static final ScheduledExecutorService EXECUTOR =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "purlin-splittable-checkpoints");
            thread.setDaemon(true);
            return thread;
          });

  private CheckpointTimer() {}

  static ScheduledExecutorService executor() {
    return EXECUTOR;
  }
}
