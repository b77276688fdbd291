package io.purlin.nativerunner.operator;

import org.jspecify.annotations.Nullable;

/**
 * What an operator does ahead of elements that come one after the other: a hint to the processor's
 * caches, of which nothing may come that can be seen. Used by the task's thread.
 */
public interface LookAhead {
  /** Whether it is worth it, as things are now, to have elements wait for each other. Cheap. */
  boolean isWorthIt();

  /**
   * Elements that will be received next, if nothing fails before.
   *
   * @param values not to be changed nor kept
   * @param from the first of them that is meant
   * @param to behind the last
   */
  void lookAhead(@Nullable Object[] values, int from, int to);
}
