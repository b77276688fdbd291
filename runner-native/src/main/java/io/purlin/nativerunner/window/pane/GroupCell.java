package io.purlin.nativerunner.window.pane;

import io.purlin.state.Cell;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.PaneInfoCoder;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * All that a native operator keeps for one key in one window; by itself a cell of a table, or a
 * part of one.
 *
 * <p>Owned by the task's thread. Lives from the first element to the expiry of the window; once
 * {@link #isClosed closed} only that fact is left.
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

  /** In memory alone: stored as the time. */
  private static final int HELD_AT_END = 1;

  private static final int STORED_MARKS = HELD_AT_EXPIRY | NEW | LATE | CLOSED;

  /** The content, or a {@link Rest} that has it. */
  private @Nullable Object content;

  private byte marks;

  /** What most cells do not need: with the common triggers and timestamps, the content is all. */
  private static final class Rest {
    private @Nullable Object content;
    private @Nullable PaneInfo lastPane;
    private long elementHold = NONE;
    private long delayedUntil = NONE;
    private int counted;
    private int countedLate;
  }

  /** An empty cell. */
  public GroupCell() {}

  private @Nullable Rest restIfAny() {
    return content instanceof Rest rest ? rest : null;
  }

  @Override
  protected final int readContentAhead() {
    // To tell of which class an object is, it has to be read.
    return content instanceof Rest rest ? rest.counted : 1;
  }

  private Rest rest() {
    Rest rest = restIfAny();
    if (rest == null) {
      rest = new Rest();
      rest.content = content;
      content = rest;
    }
    return rest;
  }

  private boolean has(int mark) {
    return (marks & mark) != 0;
  }

  private void mark(int mark, boolean is) {
    marks = (byte) (is ? marks | mark : marks & ~mark);
  }

  /** Values or accumulator, as {@link Contents} has made it; null if there is nothing. */
  final @Nullable Object content() {
    Rest rest = restIfAny();
    return rest == null ? content : rest.content;
  }

  final void content(@Nullable Object now) {
    Rest rest = restIfAny();
    if (rest == null) {
      content = now;
    } else {
      rest.content = now;
    }
  }

  /** The pane that was emitted last; null if there was none. */
  final @Nullable PaneInfo lastPane() {
    Rest rest = restIfAny();
    return rest == null ? null : rest.lastPane;
  }

  final void lastPane(@Nullable PaneInfo pane) {
    if (pane != null || restIfAny() != null) {
      rest().lastPane = pane;
    }
  }

  /**
   * Where the elements of the pane hold the output watermark, or {@link #NONE}.
   *
   * @param endMillis the end of its window
   */
  final long elementHold(long endMillis) {
    if (has(HELD_AT_END)) {
      return endMillis;
    }
    Rest rest = restIfAny();
    return rest == null ? NONE : rest.elementHold;
  }

  final void elementHold(long millis, long endMillis) {
    boolean atEnd = millis == endMillis;
    mark(HELD_AT_END, atEnd);
    long elsewhere = atEnd ? NONE : millis;
    if (elsewhere != NONE || restIfAny() != null) {
      rest().elementHold = elsewhere;
    }
  }

  /** When the pane may fire by processing time, or {@link #NONE}. */
  final long delayedUntil() {
    Rest rest = restIfAny();
    return rest == null ? NONE : rest.delayedUntil;
  }

  final void delayedUntil(long millis) {
    if (millis != NONE || restIfAny() != null) {
      rest().delayedUntil = millis;
    }
  }

  /** Elements that the trigger has counted for early firings. */
  final int counted() {
    Rest rest = restIfAny();
    return rest == null ? 0 : rest.counted;
  }

  final void counted(int elements) {
    if (elements != 0 || restIfAny() != null) {
      rest().counted = elements;
    }
  }

  /** Elements that the trigger has counted for late firings. */
  final int countedLate() {
    Rest rest = restIfAny();
    return rest == null ? 0 : rest.countedLate;
  }

  final void countedLate(int elements) {
    if (elements != 0 || restIfAny() != null) {
      rest().countedLate = elements;
    }
  }

  /** Whether the output watermark is held at the expiry of the window. */
  final boolean isHeldAtExpiry() {
    return has(HELD_AT_EXPIRY);
  }

  final void heldAtExpiry(boolean is) {
    mark(HELD_AT_EXPIRY, is);
  }

  /** Whether elements came since the last firing. */
  final boolean hasNew() {
    return has(NEW);
  }

  final void hasNew(boolean is) {
    mark(NEW, is);
  }

  /** Whether the firing at the end of the window is past. */
  final boolean isLate() {
    return has(LATE);
  }

  final void late(boolean is) {
    mark(LATE, is);
  }

  /** The trigger is finished, and the last pane has taken the content. */
  final void close() {
    mark(CLOSED, true);
    content = null;
  }

  /** The end of the cell's window, in event-time milliseconds. */
  protected long windowEndMillis() {
    return ((BoundedWindow) window()).maxTimestamp().getMillis();
  }

  /**
   * Writes what the cell holds.
   *
   * @param format of the content
   */
  public final void writeTo(DataOutputStream out, ContentFormat format) throws IOException {
    Object kept = content();
    PaneInfo pane = lastPane();
    long hold = has(HELD_AT_END) ? windowEndMillis() : elementHold(NONE);
    long delay = delayedUntil();
    out.writeByte(
        (kept == null ? 0 : CONTENT)
            | (pane == null ? 0 : PANE)
            | (hold == NONE ? 0 : HOLD)
            | (delay == NONE ? 0 : DELAY)
            | (marks & STORED_MARKS));
    VarInt.encode(counted(), out);
    VarInt.encode(countedLate(), out);
    if (hold != NONE) {
      out.writeLong(hold);
    }
    if (delay != NONE) {
      out.writeLong(delay);
    }
    if (pane != null) {
      PaneInfoCoder.INSTANCE.encode(pane, out);
    }
    if (kept != null) {
      format.write(kept, out);
    }
  }

  /** Gives what {@link #writeTo} wrote to an empty cell. */
  public final void readFrom(DataInputStream in, ContentFormat format) throws IOException {
    int flags = in.readUnsignedByte();
    marks = (byte) (flags & STORED_MARKS);
    counted(VarInt.decodeInt(in));
    countedLate(VarInt.decodeInt(in));
    if ((flags & HOLD) != 0) {
      rest().elementHold = in.readLong();
    }
    delayedUntil((flags & DELAY) == 0 ? NONE : in.readLong());
    lastPane((flags & PANE) == 0 ? null : PaneInfoCoder.INSTANCE.decode(in));
    content((flags & CONTENT) == 0 ? null : format.read(in));
  }

  /** The cell is about to leave the heap: so may what its content consists of. */
  public final void compact(Contents contents) {
    Object kept = content();
    if (kept != null) {
      contents.compact(kept);
    }
  }

  /** The key that is grouped. */
  public @Nullable Object groupKey() {
    return key();
  }

  /** Whether the trigger is finished: what still comes is dropped. */
  public final boolean isClosed() {
    return has(CLOSED);
  }

  /** Whether it is among the panes that wait for processing time. */
  public final boolean isAwaited() {
    return delayedUntil() != NONE;
  }

  /** There are no panes so far, as far as the next one is concerned. */
  public final void forgetPanes() {
    lastPane(null);
  }
}
