package io.purlin.sdk.connector;

import org.joda.time.Instant;

/**
 * One task's way into a sink. Used by the thread of its task; writers of one coordinator work at
 * the same time. Lives as long as its coordinator.
 *
 * <p>Elements of one writer reach the external system in the order of the calls. Failures of the
 * external system arrive later than the call that caused them: at the next call, and at {@link
 * SinkCoordinator#prepare} at the latest.
 *
 * @param <T> its elements
 */
public interface SinkWriter<T> {
  /**
   * Whether {@link #write} would go on without waiting for a commit. False from {@link #endEpoch}
   * until the checkpoint is committed. For tasks that have something better to do than to wait, and
   * for those stepped by the thread that commits, which must not wait.
   */
  boolean isOpen();

  /**
   * Hands an element over, to be visible when its epoch is committed. While {@link #isOpen} is
   * false it waits for the commit; it may also wait for room.
   *
   * @param element not changed afterwards by anyone
   * @param timestamp its event time
   * @throws SinkException when the sink has failed or is closed
   * @throws InterruptedException when the thread was interrupted while it waited
   */
  void write(T element, Instant timestamp) throws InterruptedException;

  /**
   * Ends a bundle. With {@link Guarantee#AT_LEAST_ONCE} it returns when the external system has all
   * that this writer wrote; else it is cheap and waits for nothing.
   *
   * @throws SinkException when something of it was not written
   */
  void endBundle();

  /**
   * Ends the epoch at the barrier: what this writer wrote before belongs to the next checkpoint,
   * what it writes later to the one after. Cheap. Not called twice without a commit between.
   * Writers of tasks that have ended are called too. With {@link Guarantee#AT_LEAST_ONCE} it is
   * {@link #endBundle}, and the writer stays open.
   */
  void endEpoch();
}
