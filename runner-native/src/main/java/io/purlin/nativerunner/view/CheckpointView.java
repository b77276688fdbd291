package io.purlin.nativerunner.view;

/**
 * One checkpoint.
 *
 * @param number which
 * @param status what has become of it
 * @param last whether it is the one that ends the job
 * @param triggerMillis when it began
 * @param ackMillis when the last task answered that has answered; {@link JobView#UNKNOWN} before
 * @param endMillis when it was committed or given up; {@link JobView#UNKNOWN} before
 * @param tasks how many tasks have to answer
 * @param acknowledged how many have
 * @param bytes what was written for it so far: what has changed since the one before
 * @param pauseMillis the longest time that one task stood still for it
 * @param reason why it was given up; empty otherwise
 */
public record CheckpointView(
    long number,
    Status status,
    boolean last,
    long triggerMillis,
    long ackMillis,
    long endMillis,
    int tasks,
    int acknowledged,
    long bytes,
    long pauseMillis,
    String reason) {
  /** What becomes of a checkpoint, in Flink's words. */
  public enum Status {
    /** It is under way. */
    IN_PROGRESS,
    /** It is committed. */
    COMPLETED,
    /** It was given up. */
    FAILED
  }

  /** Milliseconds from its beginning to its end, or until now. */
  public long durationMillis(long nowMillis) {
    return Math.max(0, (endMillis == JobView.UNKNOWN ? nowMillis : endMillis) - triggerMillis);
  }
}
