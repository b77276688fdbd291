package io.purlin.nativerunner.chain;

import io.purlin.state.SnapshotSink.Extent;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the thread that runs a job and its tasks tell each other about copies of the job's state
 * beyond the heap, on which checkpoints build.
 *
 * <p>A round: at the barrier of one checkpoint tasks begin to fold their tables; when all are
 * folded, the job's thread has the state copied; from the next barrier on checkpoints build on the
 * copy. The job's thread changes what holds for a checkpoint only before its barrier. Any thread.
 */
public final class CopyRounds {
  private final AtomicInteger folding = new AtomicInteger();
  private final AtomicLong addedBytes = new AtomicLong();
  private final AtomicInteger longest = new AtomicInteger();
  private volatile long foldsAt = Extent.NONE;
  private volatile long base;

  /**
   * @param base number of the checkpoint since which the copy was folded from which the job's state
   *     was made; {@link Extent#NONE} when it was not made from one
   */
  public CopyRounds(long base) {
    this.base = base;
  }

  /** A fold begins with the barrier of a checkpoint. By the job's thread. */
  public void begin(long checkpoint) {
    foldsAt = checkpoint;
  }

  /** The number of the checkpoint with which the last round began; {@link Extent#NONE}: none. */
  public long foldsAt() {
    return foldsAt;
  }

  /** The round is over without a copy. By the job's thread. */
  public void giveUp() {
    foldsAt = Extent.NONE;
  }

  /** Whether all that was begun to be folded is. */
  public boolean isFolded() {
    return folding.get() == 0;
  }

  /** The round is over: checkpoints from now on build on the copy. By the job's thread. */
  public void copied() {
    base = foldsAt;
    foldsAt = Extent.NONE;
    addedBytes.set(0);
    longest.set(0);
  }

  /** Bytes of the segments that were written since the last copy. */
  public long addedBytes() {
    return addedBytes.get();
  }

  /** Number of segments of the operator that has most of them. */
  public int segments() {
    return longest.get();
  }

  /** Number of the checkpoint since which the copy was folded that checkpoints build on. */
  long base() {
    return base;
  }

  /** Whether tasks may have something to fold. */
  boolean isFolding() {
    return folding.get() > 0;
  }

  /** A task has begun to fold something. */
  void begun() {
    folding.incrementAndGet();
  }

  /** A task has folded something, or given it up. */
  void ended() {
    folding.decrementAndGet();
  }

  /**
   * A segment was written of state that may be copied.
   *
   * @param count how many there are of the operator since its last copy or whole one
   */
  public void added(long bytes, int count) {
    addedBytes.addAndGet(bytes);
    longest.accumulateAndGet(count, Math::max);
  }
}
