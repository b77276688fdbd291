package io.purlin.nativerunner.window.slice;

import io.purlin.nativerunner.window.pane.Accumulators;
import io.purlin.nativerunner.window.pane.ContentFormat;
import io.purlin.state.Cell;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
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
final class SlicesOfKey extends Cell {
  /** No element of the slice holds the watermark. */
  static final long NO_HOLD = Long.MAX_VALUE;

  private static final int LEAST_ROOM = 4;

  private long[] starts = new long[LEAST_ROOM];
  private @Nullable Object[] contents = new @Nullable Object[LEAST_ROOM];
  // Empty as long as nothing holds.
  private long[] holds = {};
  private int head;
  private int split;
  private int merged;
  private int end;
  private @Nullable Object back;
  private long nextWindow = Long.MIN_VALUE;

  /** Whether there is no slice. */
  boolean isEmpty() {
    return head == end;
  }

  /** Start of the first slice. */
  long firstSlice() {
    return starts[head];
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
    while (head < limit && starts[head] < nextWindow) {
      contents[head++] = null;
    }
  }

  /** The back becomes the front. */
  private void flip(Accumulators accumulators) {
    for (int i = merged - 2; i >= head; i--) {
      contents[i] = accumulators.mergeKept(at(i), at(i + 1));
    }
    split = merged;
    back = null;
  }

  private Object at(int i) {
    Object content = contents[i];
    if (content == null) {
      throw new IllegalStateException("there is no slice at " + i);
    }
    return content;
  }

  /**
   * Adds an element.
   *
   * @param hold where it holds the watermark, or {@link #NO_HOLD}
   */
  void add(long slice, @Nullable Object value, long hold, Accumulators accumulators) {
    int i = end;
    while (i > head && starts[i - 1] > slice) {
      i--;
    }
    if (i > head && starts[i - 1] == slice) {
      i--;
      contents[i] = accumulators.add(contents[i], value);
    } else {
      i = insert(i, slice, value, accumulators);
    }
    if (i < split) {
      for (int j = head; j < i; j++) {
        contents[j] = accumulators.add(contents[j], value);
      }
    } else if (i < merged) {
      back = accumulators.add(back, value);
    }
    if (hold != NO_HOLD) {
      hold(i, hold);
    }
  }

  /** Makes a slice with one value at a place or, when there is no room, before it. */
  private int insert(int place, long slice, @Nullable Object value, Accumulators accumulators) {
    Object rest = place < split ? accumulators.union(at(place), null) : null;
    int i = place;
    if (end == starts.length) {
      i -= head;
      makeRoom();
    }
    System.arraycopy(starts, i, starts, i + 1, end - i);
    System.arraycopy(contents, i, contents, i + 1, end - i);
    if (holds.length > 0) {
      System.arraycopy(holds, i, holds, i + 1, end - i);
      holds[i] = NO_HOLD;
    }
    starts[i] = slice;
    contents[i] = accumulators.add(rest, value);
    end++;
    if (i < merged) {
      merged++;
    }
    if (i < split) {
      split++;
    }
    return i;
  }

  /** Moves everything to the beginning, of longer arrays if need be. */
  private void makeRoom() {
    int size = end - head;
    int length = 2 * size > starts.length ? 2 * starts.length : starts.length;
    starts = moved(starts, length, 0);
    holds = holds.length == 0 ? holds : moved(holds, length, NO_HOLD);
    @Nullable Object[] objects = new @Nullable Object[length];
    System.arraycopy(contents, head, objects, 0, size);
    contents = objects;
    split -= head;
    merged -= head;
    end = size;
    head = 0;
  }

  private long[] moved(long[] from, int length, long rest) {
    long[] to = new long[length];
    Arrays.fill(to, rest);
    System.arraycopy(from, head, to, 0, end - head);
    return to;
  }

  private void hold(int i, long millis) {
    if (holds.length == 0) {
      holds = new long[starts.length];
      Arrays.fill(holds, NO_HOLD);
    }
    holds[i] = Math.min(holds[i], millis);
  }

  /**
   * What the window has that consists of the slices so far and of those that start before {@code
   * endMillis}. It must not end before one that was asked for.
   *
   * @return a content of its own; null if there are no slices
   */
  @Nullable Object window(long endMillis, Accumulators accumulators) {
    for (; merged < end && starts[merged] < endMillis; merged++) {
      back =
          back == null
              ? accumulators.union(at(merged), null)
              : accumulators.mergeKept(back, at(merged));
    }
    if (head < split) {
      return accumulators.union(at(head), back);
    }
    return back == null ? null : accumulators.union(back, null);
  }

  /** The earliest hold of the slices of the window that was asked for last. */
  long windowHold() {
    long earliest = NO_HOLD;
    for (int i = head; i < merged && holds.length > 0; i++) {
      earliest = Math.min(earliest, holds[i]);
    }
    return earliest;
  }

  /** Takes each slice that holds. */
  void forEachHold(HoldVisitor visitor) {
    for (int i = head; i < end && holds.length > 0; i++) {
      if (holds[i] != NO_HOLD) {
        visitor.hold(starts[i], holds[i]);
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
    out.writeBoolean(holds.length > 0);
    out.writeBoolean(back != null);
    for (int i = head; i < end; i++) {
      out.writeLong(starts[i]);
      if (holds.length > 0) {
        out.writeLong(holds[i]);
      }
      format.write(at(i), out);
    }
    if (back != null) {
      format.write(back, out);
    }
  }

  /** Gives what {@link #writeTo} wrote to an empty cell. */
  void readFrom(DataInputStream in, ContentFormat format) throws IOException {
    nextWindow = in.readLong();
    end = VarInt.decodeInt(in);
    split = VarInt.decodeInt(in);
    merged = VarInt.decodeInt(in);
    boolean holding = in.readBoolean();
    boolean hasBack = in.readBoolean();
    int length = Math.max(LEAST_ROOM, end);
    starts = new long[length];
    contents = new @Nullable Object[length];
    holds = new long[holding ? length : 0];
    Arrays.fill(holds, NO_HOLD);
    for (int i = 0; i < end; i++) {
      starts[i] = in.readLong();
      if (holding) {
        holds[i] = in.readLong();
      }
      contents[i] = format.read(in);
    }
    back = hasBack ? format.read(in) : null;
  }
}
