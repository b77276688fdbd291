package io.purlin.nativerunner.window.pane;

import io.purlin.state.Cell;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * All that a native operator keeps for one key in one window; by itself a cell of a table, or a
 * part of one.
 *
 * <p>Owned by the task's thread. Lives from the first element to the expiry of the window; once
 * {@link #closed} only that fact is left.
 */
public class GroupCell extends Cell {
  /** No such time: neither a hold nor a delay. */
  static final long NONE = Long.MIN_VALUE;

  /** Values or accumulator, as {@link Contents} has made it; null if there is nothing. */
  @Nullable Object content;

  /** The pane that was emitted last; null if there was none. */
  @Nullable PaneInfo lastPane;

  /** Where the elements of the pane hold the output watermark, or {@link #NONE}. */
  long elementHold = NONE;

  /** When the pane may fire by processing time, or {@link #NONE}. */
  long delayedUntil = NONE;

  /** Elements that the trigger has counted for early firings. */
  int counted;

  /** Elements that the trigger has counted for late firings. */
  int countedLate;

  /** Whether the output watermark is held at the expiry of the window. */
  boolean heldAtExpiry;

  /** Whether elements came since the last firing. */
  boolean hasNew;

  /** Whether the firing at the end of the window is past. */
  boolean late;

  /** Whether the trigger is finished: what still comes is dropped. */
  boolean closed;

  /** An empty cell. */
  public GroupCell() {}

  /** The key that is grouped. */
  public @Nullable Object groupKey() {
    return key();
  }

  /** Whether the trigger is finished: what still comes is dropped. */
  public final boolean isClosed() {
    return closed;
  }

  /** There are no panes so far, as far as the next one is concerned. */
  public final void forgetPanes() {
    lastPane = null;
  }
}
