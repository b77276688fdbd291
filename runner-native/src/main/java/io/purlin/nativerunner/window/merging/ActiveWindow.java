package io.purlin.nativerunner.window.merging;

import io.purlin.nativerunner.window.pane.GroupCell;
import io.purlin.nativerunner.window.pane.OpenWindow;
import org.jspecify.annotations.Nullable;

/**
 * A window of a key, of a function whose windows merge. It changes when elements unite it with
 * others.
 *
 * <p>Owned by the task's thread. Lives in its key's {@link WindowsOfKey} until it expires or
 * another window takes it in; then it is gone, though a timer may still name it.
 */
public final class ActiveWindow extends GroupCell {
  /** The windows of the same key. */
  public final WindowsOfKey siblings;

  /** The window so far. */
  public OpenWindow open;

  /** Whether the end of the window is an occasion to fire that is still to come. */
  public boolean awaitsEnd;

  /** When its timer comes, in event-time milliseconds; a timer for another time is void. */
  public long queuedMillis = Long.MAX_VALUE;

  /** Whether it has expired or was taken in by another. */
  public boolean gone;

  /**
   * A window of a key.
   *
   * @param open the window to begin with
   */
  public ActiveWindow(WindowsOfKey siblings, OpenWindow open) {
    this.siblings = siblings;
    this.open = open;
  }

  @Override
  protected long windowEndMillis() {
    return open.maxMillis;
  }

  @Override
  public @Nullable Object groupKey() {
    return siblings.key();
  }
}
