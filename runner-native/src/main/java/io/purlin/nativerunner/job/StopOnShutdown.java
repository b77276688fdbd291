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
  private static final long LONGEST_WAIT_MILLIS = TimeUnit.SECONDS.toMillis(60);

  private StopOnShutdown() {}

  /**
   * Watches a job that is about to start.
   *
   * @param drains whether the job is to come to its end, instead of stopping where it is
   */
  public static void watch(Job job, boolean drains) {
    Thread hook =
        new Thread(
            () -> {
              if (drains) {
                job.drain();
                job.awaitEnd();
              } else {
                job.stopWithCheckpoint();
                job.awaitEnd(LONGEST_WAIT_MILLIS);
              }
            },
            "purlin shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    job.onEnd(() -> forget(hook));
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending already.
    }
  }
}
