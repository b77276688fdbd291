package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.ChainSnapshot;
import java.io.IOException;

/**
 * A task's answer to a checkpoint, which it gives once its operators' state is written: between
 * batches, or before it stands still in the middle of one. Owned by the task's thread.
 */
final class Answering {
  /** How much is written between two batches. */
  private static final int CELLS_PER_STEP = 512;

  private final CheckpointSeat seat;
  private final long checkpoint;
  private final TaskSnapshot part;
  private final ChainSnapshot operators;

  /**
   * @param part what the task held at the barrier, without its operators' state
   * @param operators their state, frozen
   */
  Answering(CheckpointSeat seat, long checkpoint, TaskSnapshot part, ChainSnapshot operators) {
    this.seat = seat;
    this.checkpoint = checkpoint;
    this.part = part;
    this.operators = operators;
  }

  /**
   * Goes on writing.
   *
   * @return whether everything is written and the answer is given
   */
  boolean step() throws IOException {
    boolean written = operators.drain(CELLS_PER_STEP);
    if (written) {
      seat.answers().snapshot(checkpoint, part.with(operators.states()));
    }
    return written;
  }
}
