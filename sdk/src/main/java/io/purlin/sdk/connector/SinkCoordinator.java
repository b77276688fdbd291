package io.purlin.sdk.connector;

import java.util.List;
import java.util.Optional;

/**
 * A job's one transaction with an external system. All sink tasks of the job write into it; a
 * checkpoint ends it, and the external system's commit is the commit of the checkpoint.
 *
 * <p>Order of calls for {@link Guarantee#EXACTLY_ONCE}:
 *
 * <ol>
 *   <li>{@link #recover}, once and before anything else. The job restores exactly the checkpoint it
 *       names. Without an answer and without local checkpoints the job is new: before it reads any
 *       input it prepares and commits a checkpoint numbered 0, so that later "no answer" can only
 *       mean "lost". A local checkpoint without an answer, and an answer above 0 without that very
 *       local checkpoint, stop the job: nobody may guess.
 *   <li>{@link #writer} for each sink task, while none of them writes.
 *   <li>For each checkpoint: every writer ends its epoch ({@link SinkWriter#endEpoch}), then {@link
 *       #prepare}; the job writes the checkpoint where it is durable; then {@link #commit}. Only
 *       after that sources are told and older checkpoints deleted. Writers wait from the end of
 *       their epoch until the commit.
 *   <li>{@link #close}, which gives up what is not committed.
 * </ol>
 *
 * <p>For {@link Guarantee#AT_LEAST_ONCE} only {@link #recover} (connects; answers nothing), {@link
 * #writer} and {@link #close} are called, and the ends of bundles make sure of what was written.
 *
 * <p>A checkpoint that is given up between the barrier and {@link #prepare}'s return cannot be
 * continued: its elements belong to no checkpoint. The job closes the coordinator and restarts from
 * the last committed one with a new coordinator.
 *
 * <p>Threads: {@link #recover}, {@link #writer}, {@link #prepare}, {@link #commit} by one thread at
 * a time. {@link #close} by any thread, also while another call waits, which then fails. All may
 * block for as long as the external system's timeouts say.
 *
 * <p>Every call throws {@link SinkException}; after one, all that may be called is {@link #close}.
 */
public interface SinkCoordinator extends AutoCloseable {
  /**
   * Takes the job's transactions over from earlier runs, which can write and commit no more, gives
   * up what they left, and reads which checkpoint was committed last.
   *
   * @return that checkpoint, or nothing when this job never committed one
   */
  Optional<CheckpointId> recover();

  /**
   * A writer for one task.
   *
   * @param sink one of those that the coordinator was made for
   */
  <T> SinkWriter<T> writer(SinkTransform<T> sink);

  /**
   * Makes sure that the external system has every element of the epoch, and puts the checkpoint's
   * name into the same transaction. When it returns, {@link #commit} has nothing left to send.
   * Every writer has ended its epoch before.
   *
   * @param checkpoint with a greater number than the one before
   */
  void prepare(CheckpointId checkpoint);

  /**
   * Makes the prepared epoch visible: the commit point of the checkpoint. Afterwards the writers go
   * on.
   *
   * <p>When it throws, the commit may have happened ({@link SinkException.Kind#UNCERTAIN}) or not;
   * {@link #recover} of the next coordinator tells.
   *
   * @param checkpoint the one prepared
   */
  void commit(CheckpointId checkpoint);

  /**
   * Names of the transactions that have begun and are neither committed nor given up, for people
   * who look at the job; none by default. By any thread at any time; does not block, never throws.
   */
  default List<String> openTransactions() {
    return List.of();
  }

  /**
   * Gives up what is not committed, lets waiting writers fail, and frees what is held. Does nothing
   * when called again. Never throws.
   */
  @Override
  void close();
}
