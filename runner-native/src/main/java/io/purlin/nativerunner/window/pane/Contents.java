package io.purlin.nativerunner.window.pane;

import org.jspecify.annotations.Nullable;

/**
 * What is kept of the values of a key and window, and what comes out of it. Stateless but for the
 * user's function; used by one task's thread.
 */
public interface Contents {
  /**
   * Adds a value.
   *
   * @param content what is kept so far; null if nothing is
   * @return what is kept from now on; the old content must not be used any more
   */
  Object add(@Nullable Object content, @Nullable Object value);

  /** Unites the contents of two windows; neither argument must be used any more. */
  Object merge(Object content, Object other);

  /**
   * The output for a pane.
   *
   * @param content what is kept; null if nothing is
   * @param keeps whether the content stays in use afterwards
   */
  @Nullable Object output(@Nullable Object content, boolean keeps);

  /** The content is not used any more; after {@link #output} that does not keep it, needless. */
  default void drop(Object content) {}

  /** How contents are written to snapshots. */
  ContentFormat stored();

  /** How contents are written that come back in the same process. */
  default ContentFormat away() {
    return stored();
  }

  /** The content is about to be written for coming back. */
  default void compact(Object content) {}
}
