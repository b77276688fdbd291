package io.purlin.nativerunner.window.slice;

import io.purlin.nativerunner.window.pane.Accumulators;
import io.purlin.nativerunner.window.pane.ContentFormat;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.beam.sdk.util.VarInt;
import org.jspecify.annotations.Nullable;

/**
 * The slices of one key, in the order of time, and what makes the next window cheap: the two stacks
 * of a queue that knows what its elements combine to.
 *
 * <pre>
 *        head          split         merged           end
 *          | front       | back        | ahead         |
 *  holds:  | i to split  | i           | i             |
 * </pre>
 *
 * <p>A content of the front has everything from its slice to the end of the front; a content behind
 * it has its own slice. What the back combines to is kept besides. So a window is two contents, and
 * the next one takes about two merges for the slices that come in and go out, however many it has.
 * Out of order, an element is added to as many contents of the front as are not behind it.
 *
 * <p>Owned by the task's thread. Invariant: head &lt;= split &lt;= merged &lt;= end; every slice
 * before head has no window left. The cell is in its table as long as it has slices.
 */
final class SlicesOfKey extends SlicePlaces {
  private int split;
  private int merged;
  // What the back combines to; there is one if split < merged.
  private long backLong;
  private @Nullable Object backObject;
  private long nextWindow = Long.MIN_VALUE;

  /** Whether there is no slice. */
  boolean isEmpty() {
    return head == end;
  }

  /** Start of the first slice. */
  long firstSlice() {
    return start(head);
  }

  /** Windows that start before this have fired, or never had an element; in milliseconds. */
  long nextWindow() {
    return nextWindow;
  }

  /** Windows before one are over for elements that come from now on. */
  void raiseNextWindow(long startMillis) {
    nextWindow = Math.max(nextWindow, startMillis);
  }

  /** Windows before one will not be asked for any more: forgets the slices that have no other. */
  void nextWindow(long startMillis, Accumulators accumulators) {
    raiseNextWindow(startMillis);
    dropFront(split);
    if (head == split && split < merged) {
      dropFront(merged);
      flip(accumulators);
    }
    if (head == merged) {
      dropFront(end);
      split = Math.max(split, head);
      merged = Math.max(merged, head);
    }
  }

  private void dropFront(int limit) {
    while (head < limit && start(head) < nextWindow) {
      dropHead();
    }
  }

  /** The back becomes the front. */
  private void flip(Accumulators accumulators) {
    for (int i = merged - 2; i >= head; i--) {
      put(i, accumulators.merge(content(i), copy(i + 1, accumulators)));
    }
    split = merged;
    backObject = null;
  }

  /** What the back combines to, to be changed or merged, and then put back. */
  private Object back() {
    return backObject == null ? new long[] {backLong} : backObject;
  }

  private void back(Object content) {
    if (content instanceof long[] longs && longs.length == 1) {
      backLong = longs[0];
      backObject = null;
    } else {
      backObject = content;
    }
  }

  private Object copyOfBack(Accumulators accumulators) {
    return backObject == null ? new long[] {backLong} : accumulators.copy(backObject);
  }

  /**
   * Adds an element.
   *
   * @param hold where it holds the watermark, or {@link #NO_HOLD}
   */
  void add(long slice, @Nullable Object value, long hold, Accumulators accumulators) {
    int i = end;
    while (i > head && start(i - 1) > slice) {
      i--;
    }
    if (i > head && start(i - 1) == slice) {
      i--;
      put(i, accumulators.add(content(i), value));
    } else {
      i = insert(i, slice, value, accumulators);
    }
    if (i < split) {
      for (int j = head; j < i; j++) {
        put(j, accumulators.add(content(j), value));
      }
    } else if (i < merged) {
      back(accumulators.add(back(), value));
    }
    if (hold != NO_HOLD) {
      hold(i, hold);
    }
  }

  /** Makes a slice with one value at a place or, when there is no room, before it. */
  private int insert(int place, long slice, @Nullable Object value, Accumulators accumulators) {
    Object rest = place < split ? copy(place, accumulators) : null;
    int i = place;
    if (isFull()) {
      int by = makeRoom();
      i -= by;
      split -= by;
      merged -= by;
    }
    open(i, slice);
    put(i, accumulators.add(rest, value));
    if (i < merged) {
      merged++;
    }
    if (i < split) {
      split++;
    }
    return i;
  }

  /**
   * What the window has that consists of the slices so far and of those that start before {@code
   * endMillis}. It must not end before one that was asked for.
   *
   * @return a content of its own; null if there are no slices
   */
  @Nullable Object window(long endMillis, Accumulators accumulators) {
    for (; merged < end && start(merged) < endMillis; merged++) {
      Object added = copy(merged, accumulators);
      back(split == merged ? added : accumulators.merge(back(), added));
    }
    if (head < split) {
      Object front = copy(head, accumulators);
      return split == merged ? front : accumulators.merge(front, copyOfBack(accumulators));
    }
    return split == merged ? null : copyOfBack(accumulators);
  }

  /** The earliest hold of the slices of the window that was asked for last. */
  long windowHold() {
    long earliest = NO_HOLD;
    for (int i = head; i < merged && isHolding(); i++) {
      earliest = Math.min(earliest, hold(i));
    }
    return earliest;
  }

  /** Takes each slice that holds. */
  void forEachHold(HoldVisitor visitor) {
    for (int i = head; i < end && isHolding(); i++) {
      if (hold(i) != NO_HOLD) {
        visitor.hold(start(i), hold(i));
      }
    }
  }

  /** Takes the hold of a slice. */
  interface HoldVisitor {
    /** A slice and where it holds the watermark, both in event-time milliseconds. */
    void hold(long slice, long millis);
  }

  /** Writes everything. */
  void writeTo(DataOutputStream out, ContentFormat format) throws IOException {
    out.writeLong(nextWindow);
    VarInt.encode(end - head, out);
    VarInt.encode(split - head, out);
    VarInt.encode(merged - head, out);
    out.writeBoolean(isHolding());
    out.writeBoolean(split < merged);
    for (int i = head; i < end; i++) {
      out.writeLong(start(i));
      if (isHolding()) {
        out.writeLong(hold(i));
      }
      format.write(content(i), out);
    }
    if (split < merged) {
      format.write(back(), out);
    }
  }

  /** Gives what {@link #writeTo} wrote to an empty cell. */
  void readFrom(DataInputStream in, ContentFormat format) throws IOException {
    nextWindow = in.readLong();
    int slices = VarInt.decodeInt(in);
    split = VarInt.decodeInt(in);
    merged = VarInt.decodeInt(in);
    boolean holding = in.readBoolean();
    if (in.readBoolean() != split < merged) {
      throw new IOException("what slices combine to is there without them, or is missing");
    }
    makeRoomFor(slices);
    for (int i = 0; i < slices; i++) {
      open(i, in.readLong());
      if (holding) {
        hold(i, in.readLong());
      }
      put(i, format.read(in));
    }
    if (split < merged) {
      back(format.read(in));
    }
  }
}
