package io.purlin.nativerunner.task;

import io.purlin.nativerunner.exchange.InputGate;
import io.purlin.nativerunner.exchange.Signal;

/**
 * One task's seat at the checkpoints of its job: the job asks, the task answers.
 *
 * <p>The job's side may be called by any thread and only leaves a note; the task's thread looks at
 * its notes at every step. Invariant: of one kind, only the latest note counts, and the job asks
 * for a checkpoint only when the one before is over.
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

  private final Answers answers;
  private final Signal signal;
  private volatile long requested = NONE;
  private volatile long committed = NONE;
  private volatile boolean released;
  private long heardOf = NONE;

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
    committed = checkpoint;
    signal.raise();
  }

  /** No checkpoint will follow: a task that has ended may go. Any thread. */
  public void release() {
    released = true;
    signal.raise();
  }

  long requested() {
    return requested;
  }

  /** Whether another checkpoint is committed than at the call before. The task's thread only. */
  boolean hearOfCommit() {
    long now = committed;
    boolean isNew = now > heardOf;
    heardOf = now;
    return isNew;
  }

  /** The checkpoint that {@link #hearOfCommit} heard of last. The task's thread only. */
  long heardOf() {
    return heardOf;
  }

  boolean isReleased() {
    return released;
  }

  Answers answers() {
    return answers;
  }
}
