package io.purlin.nativerunner.view;

/**
 * Keyed state of a job, all tasks together.
 *
 * @param liveCells cells on the heap
 * @param liveBytes their bytes, estimated; 0 where nobody counts, with the backend heap
 * @param limitBytes how many may be live; {@link JobView#UNKNOWN} where there is no limit
 * @param coldBytes bytes of RocksDB's files and write buffers
 */
public record StateView(long liveCells, long liveBytes, long limitBytes, long coldBytes) {
  /** Nothing. */
  public static final StateView NONE = new StateView(0, 0, JobView.UNKNOWN, 0);
}
