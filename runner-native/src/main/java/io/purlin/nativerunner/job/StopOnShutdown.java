package io.purlin.nativerunner.job;

import java.util.concurrent.TimeUnit;

/**
 * Stops a job when the JVM is told to end: with a checkpoint, where it takes any, so that the next
 * run goes on from there and repeats nothing; or after all that was read is done with.
 *
 * <p>Lifetime: as long as the job runs. Its thread is the JVM's shutdown thread.
 */
public final class StopOnShutdown {
  /** Longer than an orderly stop takes; whoever told the JVM to end has patience for about that. */
  public static final long LONGEST_WAIT_MILLIS = TimeUnit.SECONDS.toMillis(60);

  private StopOnShutdown() {}

  /**
   * Watches a job that is about to start.
   *
   * @param drains whether the job is to come to its end, instead of stopping where it is
   */
  public static void watch(Job job, boolean drains) {
    Thread hook = new Thread(() -> stop(job, drains), "purlin shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    if (drains || job.isCheckpointed()) {
      TerminationSignal.covers(job);
    }
    job.onEnd(
        () -> {
          TerminationSignal.forget(job);
          forget(hook);
        });
  }

  private static void stop(Job job, boolean drains) {
    boolean ended;
    if (drains) {
      job.drain();
      ended = job.awaitEnd() != JobState.RUNNING;
    } else {
      job.stopWithCheckpoint();
      ended = job.awaitEnd(LONGEST_WAIT_MILLIS);
    }
    if (!ended || job.failure() != null) {
      TerminationSignal.notInOrder();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }
}
