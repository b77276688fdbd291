package io.purlin.nativerunner.window.pane;

import io.purlin.state.Cell;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.PaneInfoCoder;
import org.apache.beam.sdk.util.VarInt;
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
  public static final long NONE = Long.MIN_VALUE;

  // What is there and what is so, in the first byte of a stored cell.
  private static final int CONTENT = 1;
  private static final int PANE = 2;
  private static final int HOLD = 4;
  private static final int DELAY = 8;
  private static final int HELD_AT_EXPIRY = 16;
  private static final int NEW = 32;
  private static final int LATE = 64;
  private static final int CLOSED = 128;

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

  /**
   * Writes what the cell holds.
   *
   * @param format of the content
   */
  public final void writeTo(DataOutputStream out, ContentFormat format) throws IOException {
    out.writeByte(
        (content == null ? 0 : CONTENT)
            | (lastPane == null ? 0 : PANE)
            | (elementHold == NONE ? 0 : HOLD)
            | (delayedUntil == NONE ? 0 : DELAY)
            | (heldAtExpiry ? HELD_AT_EXPIRY : 0)
            | (hasNew ? NEW : 0)
            | (late ? LATE : 0)
            | (closed ? CLOSED : 0));
    VarInt.encode(counted, out);
    VarInt.encode(countedLate, out);
    if (elementHold != NONE) {
      out.writeLong(elementHold);
    }
    if (delayedUntil != NONE) {
      out.writeLong(delayedUntil);
    }
    if (lastPane != null) {
      PaneInfoCoder.INSTANCE.encode(lastPane, out);
    }
    if (content != null) {
      format.write(content, out);
    }
  }

  /** Gives what {@link #writeTo} wrote to an empty cell. */
  public final void readFrom(DataInputStream in, ContentFormat format) throws IOException {
    int flags = in.readUnsignedByte();
    heldAtExpiry = (flags & HELD_AT_EXPIRY) != 0;
    hasNew = (flags & NEW) != 0;
    late = (flags & LATE) != 0;
    closed = (flags & CLOSED) != 0;
    counted = VarInt.decodeInt(in);
    countedLate = VarInt.decodeInt(in);
    elementHold = (flags & HOLD) == 0 ? NONE : in.readLong();
    delayedUntil = (flags & DELAY) == 0 ? NONE : in.readLong();
    lastPane = (flags & PANE) == 0 ? null : PaneInfoCoder.INSTANCE.decode(in);
    content = (flags & CONTENT) == 0 ? null : format.read(in);
  }

  /** The cell is about to leave the heap: so may what its content consists of. */
  public final void compact(Contents contents) {
    if (content != null) {
      contents.compact(content);
    }
  }

  /** The key that is grouped. */
  public @Nullable Object groupKey() {
    return key();
  }

  /** Whether the trigger is finished: what still comes is dropped. */
  public final boolean isClosed() {
    return closed;
  }

  /** Whether it is among the panes that wait for processing time. */
  public final boolean isAwaited() {
    return delayedUntil != NONE;
  }

  /** There are no panes so far, as far as the next one is concerned. */
  public final void forgetPanes() {
    lastPane = null;
  }
}
