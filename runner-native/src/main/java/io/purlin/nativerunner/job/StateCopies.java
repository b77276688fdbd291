package io.purlin.nativerunner.job;

import io.purlin.nativerunner.chain.CopyRounds;
import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdStore;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a job's state beyond the heap copied, so that checkpoints stay small and a restart need not
 * read what has not changed: when what was written since the last copy is a tenth of it, or as much
 * as a restart should read at most, or very many segments.
 *
 * <p>What fails is no reason to fail the job: its checkpoints are whole without another copy. Used
 * by the thread that runs the job; lives as long as an attempt.
 */
final class StateCopies {
  private static final Logger LOG = LoggerFactory.getLogger(StateCopies.class);
  private static final int PART_OF_COPY = 10;
  private static final int MOST_SEGMENTS = 128;

  /** Read by a restart in half a second; more is written until there is a copy. */
  private static final long MOST_BYTES = 64 << 20;

  /** Of less than this no copy is made, unless there is less room on the heap. */
  private static final long LEAST_BYTES = 16 << 20;

  private final CopyRounds rounds;
  private final ColdStore cold;
  private final CheckpointStore store;
  private final long leastBytes;
  private long copiedBytes;
  private boolean isBegun;

  /**
   * @param limitBytes how much state may be on the heap: where that is little, copies come early
   */
  private StateCopies(CopyRounds rounds, ColdStore cold, CheckpointStore store, long limitBytes) {
    this.rounds = rounds;
    this.cold = cold;
    this.store = store;
    this.leastBytes = Math.min(LEAST_BYTES, limitBytes);
  }

  /**
   * The copies of an attempt's state; null where there is nothing beyond the heap, or checkpoints
   * take no copies.
   *
   * @param base number of the checkpoint since which the copy was folded that the state was made of
   */
  static @Nullable StateCopies of(StateMemory memory, CheckpointStore store, long base) {
    ColdStore cold = memory.cold();
    return cold == null || !store.copies()
        ? null
        : new StateCopies(new CopyRounds(base), cold, store, memory.limitBytes());
  }

  /** What the tasks are told. */
  CopyRounds rounds() {
    return rounds;
  }

  /** The barrier of a checkpoint is about to be sent. */
  void before(long checkpoint) {
    if (isBegun && rounds.isFolded()) {
      isBegun = false;
      copy();
    } else if (rounds.foldsAt() == Extent.NONE && isDue()) {
      rounds.begin(checkpoint);
    }
  }

  private boolean isDue() {
    long part = Math.min(MOST_BYTES, copiedBytes / PART_OF_COPY);
    return cold.isInUse()
        && (rounds.segments() >= MOST_SEGMENTS
            || rounds.addedBytes() >= Math.max(leastBytes, part));
  }

  private void copy() {
    try {
      copiedBytes = store.copy(cold, rounds.foldsAt());
      rounds.copied();
    } catch (IOException e) {
      LOG.warn("state beyond the heap cannot be copied: {}", e.getMessage(), e);
      rounds.giveUp();
    }
  }

  /** A checkpoint is committed: if it began a fold, all tasks have begun theirs. */
  void committed(long checkpoint) {
    isBegun |= checkpoint == rounds.foldsAt();
  }

  /** A checkpoint is given up, with what its tasks have noted. */
  void givenUp() {
    isBegun = false;
    rounds.giveUp();
  }
}
