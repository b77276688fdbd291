package io.purlin.sdk.connector;

import java.util.List;

/**
 * Reads the splits of a source that one task was given, batch-wise. Used by the thread of its task
 * alone; readers of one source work at the same time.
 *
 * <p>Order of calls: {@link #open}; then {@link #poll}, {@link #watermarkMillis}, {@link
 * #positions} and {@link #positionsCommitted}, never one within another; {@link #close} at last,
 * also after a failure and also when {@link #open} was not called.
 *
 * <p>Every call may throw {@link SourceException}, after which the job starts again from its last
 * checkpoint with new readers, or ends.
 *
 * @param <T> the elements
 */
public interface SplitReader<T> extends AutoCloseable {
  /** Connects, and goes to where its splits begin. May wait for the external system. */
  void open();

  /**
   * Emits what is there. Never waits: the task has barriers to pass and timers to fire.
   *
   * @param maxElements at least 1
   * @return how many elements were emitted, at most {@code maxElements}; 0 when there is nothing
   *     now or, if {@link #hasEnded} says so, never will be
   */
  int poll(SplitOutput<T> output, int maxElements);

  /** Whether nothing comes any more. Once true it stays true. */
  boolean hasEnded();

  /**
   * No element that is still to come is meant to be older: the least of what the splits say, each
   * of which knows when it is idle. A reader without splits follows the others. May go back; that
   * is not followed. Cheap: asked once for each step of the task.
   *
   * @return event time in milliseconds since 1970, within Beam's bounds
   */
  long watermarkMillis();

  /**
   * Where each split is, behind the elements that were emitted: one entry or more for each split,
   * also for splits that have ended. Asks nobody. What it gives is kept in a checkpoint and may be
   * read by a later version of the connector.
   */
  List<byte[]> positions();

  /**
   * What {@link #positions} gave last is kept for good: the external system may be told. A call may
   * be left out after a crash, so nothing may depend on it. Does not wait; a failure to tell is
   * logged and does not stop the job.
   */
  void positionsCommitted();

  /** Frees what is held. Called once. Waits a few seconds at most for what is still to be told. */
  @Override
  void close();
}
