package io.purlin.nativerunner.exchange;

/** What travels in a channel in order with the data and never waits for a credit. */
public sealed interface Control {
  /**
   * How far the sender has come. Of several that nobody has read yet and nothing stands between,
   * the last says it all.
   *
   * @param watermarkMillis nothing that follows has an earlier timestamp, except late elements;
   *     event time in milliseconds
   * @param idle whether nothing is to be expected for now, so that the receiver's watermark does
   *     not wait for this channel; the next batch or progress ends that
   */
  record Progress(long watermarkMillis, boolean idle) implements Control {}

  /**
   * Divides what belongs to a checkpoint from what comes after it. At most one is under way in a
   * channel: the next checkpoint begins when every task has passed this one's barriers.
   *
   * @param checkpoint number of the checkpoint
   */
  record Barrier(long checkpoint) implements Control {}

  /** Nothing follows. */
  record EndOfInput() implements Control {}
}
