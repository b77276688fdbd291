package io.purlin.nativerunner.element;

import org.jspecify.annotations.Nullable;

/**
 * Where a value goes next: the following operator of the chain, or the writer of an exchange.
 *
 * <p>Only the value is passed. Its timestamp, windows, pane and marks are those of the task's
 * {@link CurrentElement} at the time of the call; a receiver that changes them restores them before
 * it returns. Called by the task's thread alone.
 */
public interface Receiver {
  /** Takes elements and does nothing with them. */
  Receiver NOBODY = value -> {};

  /**
   * Takes one element.
   *
   * @param value the element's value; null where the coder allows it
   */
  void receive(@Nullable Object value);
}
