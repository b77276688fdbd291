package io.purlin.nativerunner.window.pane;

import org.jspecify.annotations.Nullable;

/**
 * Contents that can be united again and again: those of a combine function. Used by one task's
 * thread.
 *
 * <p>A function may change any of the accumulators that it merges ({@code CombineTest} has one that
 * does), so that each that stays in use is copied, by its coder, before it is merged.
 */
public interface Accumulators extends Contents {
  /** As {@link #merge}, but {@code kept} stays as it is and in use. */
  Object mergeKept(Object content, Object kept);

  /**
   * A new content with what one or two others have, which stay as they are and in use.
   *
   * @param other null if there is only one
   */
  Object union(Object content, @Nullable Object other);
}
