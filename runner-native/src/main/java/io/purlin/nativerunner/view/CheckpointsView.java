package io.purlin.nativerunner.view;

import java.util.List;

/**
 * A job's checkpoints. Counts are since this run of the job began.
 *
 * @param enabled whether it takes any
 * @param intervalMillis from the beginning of one to that of the next; 0 when it takes none
 * @param timeoutMillis after which one is given up; 0 when it takes none
 * @param completed how many were committed
 * @param failed how many were given up
 * @param restored how often the job has gone on from one
 * @param restoredNumber the one that the running attempt has gone on from; {@link JobView#UNKNOWN}
 *     when it began at the beginning
 * @param history the newest first; only the newest are kept
 */
public record CheckpointsView(
    boolean enabled,
    long intervalMillis,
    long timeoutMillis,
    long completed,
    long failed,
    long restored,
    long restoredNumber,
    List<CheckpointView> history) {
  /** Of a job that takes none. */
  public static final CheckpointsView NONE =
      new CheckpointsView(false, 0, 0, 0, 0, 0, JobView.UNKNOWN, List.of());

  /** Copies the list. */
  public CheckpointsView {
    history = List.copyOf(history);
  }
}
