package io.purlin.nativerunner.window.slice;

import io.purlin.nativerunner.window.pane.Accumulators;
import io.purlin.state.Cell;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the slices of one key lie on the heap: a start, a content and a hold each, in the order of
 * time, from {@link #head} to {@link #end}.
 *
 * <p>A key is far from the one before it, so that what an element costs is how many lines of the
 * cache it touches. A content that is one long, as of counts and sums ({@code long[1]}), therefore
 * lies beside its start, and an array is made of it whenever it is handed out. With the first
 * content that is anything else all of them become objects for good.
 *
 * <p>Owned by the task's thread.
 */
abstract class SlicePlaces extends Cell {
  /** No element of the slice holds the watermark. */
  static final long NO_HOLD = Long.MAX_VALUE;

  private static final int LEAST_ROOM = 4;

  /** What a key has room for that has more slices than the least: few keys have a handful. */
  private static final int ROOM = 16;

  private static final long[] NONE = {};

  int head;
  int end;

  /** For each place the start of its slice and, unless there are {@link #objects}, its content. */
  private long[] places = new long[2 * LEAST_ROOM];

  /** The contents; null as long as all are longs. */
  private @Nullable Object @Nullable [] objects;

  // Empty as long as nothing holds.
  private long[] holds = NONE;

  @Override
  protected final int readContentAhead() {
    // An element that comes is mostly of the last slice.
    return (int) places[2 * Math.max(0, end - 1)];
  }

  final long start(int place) {
    return places[2 * place];
  }

  /** The content, to be changed or merged, and then put back or forgotten. */
  final Object content(int place) {
    return objects == null ? new long[] {places[2 * place + 1]} : object(objects, place);
  }

  /** A content with the same, of its own. */
  final Object copy(int place, Accumulators accumulators) {
    return objects == null
        ? new long[] {places[2 * place + 1]}
        : accumulators.copy(object(objects, place));
  }

  private static Object object(@Nullable Object[] objects, int place) {
    Object content = objects[place];
    if (content == null) {
      throw new IllegalStateException("there is no slice at " + place);
    }
    return content;
  }

  final void put(int place, Object content) {
    @Nullable Object[] now = objects;
    if (now == null) {
      if (content instanceof long[] longs && longs.length == 1) {
        places[2 * place + 1] = longs[0];
        return;
      }
      now = new @Nullable Object[places.length / 2];
      for (int i = head; i < end; i++) {
        now[i] = new long[] {places[2 * i + 1]};
      }
      objects = now;
    }
    now[place] = content;
  }

  /** Forgets the first slice. */
  final void dropHead() {
    if (objects != null) {
      objects[head] = null;
    }
    head++;
  }

  /** Whether {@link #makeRoom} must come before {@link #open}. */
  final boolean isFull() {
    return end == places.length / 2;
  }

  /** Makes a place for a slice before the one that is there, without content. */
  final void open(int place, long start) {
    System.arraycopy(places, 2 * place, places, 2 * place + 2, 2 * (end - place));
    if (objects != null) {
      System.arraycopy(objects, place, objects, place + 1, end - place);
    }
    if (holds.length > 0) {
      System.arraycopy(holds, place, holds, place + 1, end - place);
      holds[place] = NO_HOLD;
    }
    places[2 * place] = start;
    end++;
  }

  /**
   * Moves everything to the beginning, of longer arrays if need be.
   *
   * @return by how many places
   */
  final int makeRoom() {
    int moved = head;
    int size = end - head;
    int before = places.length / 2;
    int room = 2 * size <= before ? before : before < ROOM ? ROOM : 2 * before;
    long[] from = places;
    places = room == before ? from : new long[2 * room];
    System.arraycopy(from, 2 * head, places, 0, 2 * size);
    if (objects != null) {
      objects = Arrays.copyOf(Arrays.copyOfRange(objects, head, end), room);
    }
    if (holds.length > 0) {
      holds = Arrays.copyOf(Arrays.copyOfRange(holds, head, end), room);
      Arrays.fill(holds, size, room, NO_HOLD);
    }
    end = size;
    head = 0;
    return moved;
  }

  /** Makes room for as many slices in a cell that has none. */
  final void makeRoomFor(int slices) {
    places = new long[2 * Math.max(LEAST_ROOM, slices)];
  }

  final boolean isHolding() {
    return holds.length > 0;
  }

  /** Where the slice holds the watermark. */
  final long hold(int place) {
    return holds.length == 0 ? NO_HOLD : holds[place];
  }

  /** An element of the slice holds the watermark. */
  final void hold(int place, long millis) {
    if (holds.length == 0) {
      holds = new long[places.length / 2];
      Arrays.fill(holds, NO_HOLD);
    }
    holds[place] = Math.min(holds[place], millis);
  }
}
