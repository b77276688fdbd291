package io.purlin.nativerunner.view;

/**
 * One parallel task of a chain. Counts are since the attempt began.
 *
 * @param index which, from 0
 * @param status where it stands
 * @param startMillis when it began to open; {@link JobView#UNKNOWN} before
 * @param endMillis when it was closed; {@link JobView#UNKNOWN} before
 * @param counts what it has taken in and sent
 * @param times how it has spent its time
 * @param input the channels that it reads; of none for a source
 * @param output the channels that it writes; of none for a chain at an end
 * @param inputWatermarkMillis how far what it takes in has come, in event time
 * @param outputWatermarkMillis how far what it sends has come, in event time
 * @param liveCells cells of keyed state on the heap
 * @param stateHits how often a cell was on the heap when it was asked for, where not all need be
 * @param stateFetches how often a cell had to be fetched from beyond the heap
 */
public record SubtaskView(
    int index,
    Status status,
    long startMillis,
    long endMillis,
    Counts counts,
    Times times,
    Pool input,
    Pool output,
    long inputWatermarkMillis,
    long outputWatermarkMillis,
    long liveCells,
    long stateHits,
    long stateFetches) {

  /** Where a task stands, in Flink's words. */
  public enum Status {
    /** Its thread has not begun. */
    CREATED,
    /** It opens what its steps need, and restores what they held. */
    INITIALIZING,
    /** It works, or waits for something to do. */
    RUNNING,
    /** It has come to its end. */
    FINISHED,
    /** It was closed before its end. */
    CANCELED
  }

  /**
   * What a task has taken in and sent.
   *
   * @param recordsIn elements taken in from channels or a source
   * @param recordsOut elements sent to channels, one for each exchange that they go to
   * @param batchesIn batches taken from channels
   * @param batchesOut batches sent to channels
   */
  public record Counts(long recordsIn, long recordsOut, long batchesIn, long batchesOut) {}

  /**
   * Milliseconds; idle, backpressured and busy add up to the time since the start.
   *
   * @param idle in which there was nothing to do
   * @param backpressured in which it waited for a credit
   * @param busy all others
   * @param checkpoint of the busy ones, those in which it did something for a checkpoint
   */
  public record Times(long idle, long backpressured, long busy, long checkpoint) {}

  /**
   * Channels, taken together.
   *
   * @param channels how many
   * @param credits batches that may be in flight in them
   * @param inFlight batches that are: being filled, queued, or being read
   */
  public record Pool(int channels, int credits, int inFlight) {
    /** The part of the credits that is in use, 0 to 1; 0 for no channels. */
    public double usage() {
      return credits == 0 ? 0 : (double) inFlight / credits;
    }
  }

  /** Whether its input and all its steps have been opened. */
  public boolean hasOpened() {
    return status != Status.CREATED && status != Status.INITIALIZING;
  }
}
