package io.purlin.nativerunner.checkpoint;

/**
 * When checkpoints are taken and how much may go wrong.
 *
 * @param intervalMillis from the start of one checkpoint to the start of the next, at least 1
 * @param timeoutMillis from the start of a checkpoint until it must be durable, and once more until
 *     it must be committed; at least 1
 * @param minPauseMillis from the end of one checkpoint to the start of the next, at least 0
 * @param tolerableFailures how many checkpoints in a row may be given up before the job fails, at
 *     least 0; with sinks that commit, the first one fails the job, because their epoch is lost
 * @param retained how many committed checkpoints are kept, at least 1
 */
public record CheckpointSettings(
    long intervalMillis,
    long timeoutMillis,
    long minPauseMillis,
    int tolerableFailures,
    int retained) {
  /** Checks the ranges. */
  public CheckpointSettings {
    atLeast("interval, ms", intervalMillis, 1);
    atLeast("timeout, ms", timeoutMillis, 1);
    atLeast("pause, ms", minPauseMillis, 0);
    atLeast("tolerable failures", tolerableFailures, 0);
    atLeast("retained checkpoints", retained, 1);
  }

  private static void atLeast(String what, long value, long least) {
    if (value < least) {
      throw new IllegalArgumentException(what + ": " + value + " is below " + least);
    }
  }
}
