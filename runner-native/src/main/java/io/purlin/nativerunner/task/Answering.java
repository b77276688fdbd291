package io.purlin.nativerunner.task;

import io.purlin.nativerunner.chain.ChainSnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * A task's answer to a checkpoint, which it gives once its operators' state is written: between
 * batches, or before it stands still in the middle of one. At most one answer is due at a time; a
 * later checkpoint takes the place of one that was not answered. Owned by the task's thread.
 */
final class Answering {
  /** How much is written between two batches. */
  private static final int CELLS_PER_STEP = 512;

  /**
   * An answer that is due.
   *
   * @param part what the task held at the barrier, without its operators' state
   * @param operators their state, frozen
   */
  private record Due(
      CheckpointSeat seat, long checkpoint, TaskSnapshot part, ChainSnapshot operators) {}

  private @Nullable Due due;

  /** The task has come to a barrier. The parameters are those of {@link Due}. */
  void begin(CheckpointSeat seat, long checkpoint, TaskSnapshot part, ChainSnapshot operators) {
    due = new Due(seat, checkpoint, part, operators);
  }

  /** Writes some more, and answers when that was all; whether an answer was due. */
  boolean step() throws IOException {
    Due now = due;
    if (now != null && now.operators.drain(CELLS_PER_STEP)) {
      due = null;
      now.seat.answers().snapshot(now.checkpoint, now.part.with(now.operators.states()));
    }
    return now != null;
  }

  /** Answers now, if an answer is due. */
  void finish() {
    try {
      while (step()) {
        // A step writes only some cells.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
