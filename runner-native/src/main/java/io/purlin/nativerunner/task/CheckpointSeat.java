package io.purlin.nativerunner.task;

import io.purlin.nativerunner.exchange.InputGate;
import io.purlin.nativerunner.exchange.Signal;

/**
 * One task's seat at the checkpoints of its job: the job asks, the task answers.
 *
 * <p>The job's side may be called by any thread and only leaves a note; the task's thread looks at
 * its notes at every step. Invariant: of one kind, only the latest note counts, and the job asks
 * for a checkpoint only when the one before is over. That a checkpoint is committed and that it was
 * the last one is a single note: nobody can hear of the one without the other.
 */
public final class CheckpointSeat {
  /** No checkpoint has this number. */
  public static final long NONE = InputGate.NO_BARRIER;

  /** Takes a task's answers, on the task's thread. */
  public interface Answers {
    /**
     * The task's part of a checkpoint is complete: what it held when it came to the barrier, where
     * everything before it had been worked on and nothing behind it.
     */
    void snapshot(long checkpoint, TaskSnapshot part);

    /**
     * The task has nothing left to do but to take part in checkpoints. Called once. Takes down what
     * a run that follows must know, so as not to do it again.
     *
     * @throws Exception when that cannot be written; the task fails
     */
    void ended(Task task) throws Exception;
  }

  /** A checkpoint that is committed, and whether none follows. */
  private record Over(long checkpoint, boolean last) {}

  private final Answers answers;
  private final Signal signal;
  private volatile long requested = NONE;
  private volatile Over over = new Over(NONE, false);

  /** Owner: the task's thread. */
  private Over heard = over;

  /**
   * @param answers where the task's answers go
   * @param signal what wakes the task's thread
   */
  public CheckpointSeat(Answers answers, Signal signal) {
    this.answers = answers;
    this.signal = signal;
  }

  /**
   * Begins a checkpoint: a task without channels to wait for passes its barrier now. Any thread.
   */
  public void request(long checkpoint) {
    requested = checkpoint;
    signal.raise();
  }

  /** A checkpoint that the task has answered is committed. Any thread. */
  public void commit(long checkpoint) {
    over = new Over(checkpoint, false);
    signal.raise();
  }

  /** The job's last checkpoint is committed: a task that has ended may go. Any thread. */
  public void commitLast(long checkpoint) {
    over = new Over(checkpoint, true);
    signal.raise();
  }

  long requested() {
    return requested;
  }

  /** Whether another checkpoint is committed than at the call before. The task's thread only. */
  boolean hearOfCommit() {
    Over now = over;
    boolean isNew = now.checkpoint > heard.checkpoint;
    heard = now;
    return isNew;
  }

  /** The checkpoint that {@link #hearOfCommit} heard of last. The task's thread only. */
  long heardOf() {
    return heard.checkpoint;
  }

  /** Whether that was the last one. The task's thread only. */
  boolean isReleased() {
    return heard.last;
  }

  Answers answers() {
    return answers;
  }
}
