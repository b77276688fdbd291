package io.purlin.nativerunner.window;

import io.purlin.nativerunner.window.pane.GroupCell;
import io.purlin.nativerunner.window.pane.OpenWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.jspecify.annotations.Nullable;

/**
 * A session of a key. It grows: its window changes when elements bridge it to others.
 *
 * <p>Owned by the task's thread. Lives in its key's {@link SessionsOfKey} until it expires or
 * another session takes it in; then it is gone, though a timer may still name it.
 */
final class Session extends GroupCell {
  /** The sessions of the same key. */
  final SessionsOfKey siblings;

  /** The window so far. */
  OpenWindow open;

  /** Whether the end of the window is an occasion to fire that is still to come. */
  boolean awaitsEnd;

  /** When its timer comes, in event-time milliseconds; a timer for another time is void. */
  long queuedMillis = Long.MAX_VALUE;

  /** Whether it has expired or was taken in by another. */
  boolean gone;

  Session(SessionsOfKey siblings, OpenWindow open) {
    this.siblings = siblings;
    this.open = open;
  }

  /** The window so far, as an interval. */
  IntervalWindow interval() {
    return (IntervalWindow) open.window;
  }

  @Override
  public @Nullable Object groupKey() {
    return siblings.key();
  }
}
