package io.purlin.state;

import io.purlin.state.SnapshotSink.Extent;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells, while the segments of one earlier task are read from the newest to the oldest, what of a
 * segment still holds.
 *
 * <p>A part counts if the newest segment has one of its name and no newer segment has it whole. A
 * cell counts if no newer segment has it, or says that it or its window is gone. What a segment
 * says of itself does not count against it. Owned by one thread.
 */
public final class SegmentFilter {
  private static final int UNKNOWN = -2;

  /** What is known of one part from newer segments, and from this one. */
  private static final class Known {
    private final SeenKeys cells = new SeenKeys();
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private final Set<ByteBuffer> windows = new HashSet<>();
    private final Set<ByteBuffer> windowsHere = new HashSet<>();
    private final Set<ByteBuffer> sized = new HashSet<>();
    private boolean isWhole;
    private boolean isWholeHere;

    /** The number of a window; {@link SeenKeys#NONE} when it is not known. */
    private int number(ByteBuffer window) {
      return numbers.getOrDefault(window, SeenKeys.NONE);
    }

    private int newNumber(ByteBuffer window) {
      return numbers.computeIfAbsent(window, w -> numbers.size());
    }
  }

  private final Map<String, Known> parts = new HashMap<>();
  private long base = Extent.NONE;
  private int segment;
  private boolean counts;
  private @Nullable Known part;
  private ByteBuffer window = ByteBuffer.allocate(0);
  private int numberOfWindow = UNKNOWN;

  /** Nothing is read so far, and nothing is there but what is read. */
  public SegmentFilter() {}

  /**
   * What the segments build on is on the reader's cold side.
   *
   * @param checkpoint the number of that since which the copy was folded
   */
  public void basedOn(long checkpoint) {
    base = checkpoint;
  }

  /** As it was given; {@link Extent#NONE} when all that counts is read. */
  long base() {
    return base;
  }

  /** The next segment, an older one, begins. */
  public void older() {
    segment++;
    for (Known each : parts.values()) {
      each.windows.addAll(each.windowsHere);
      each.windowsHere.clear();
      each.isWhole |= each.isWholeHere;
    }
  }

  /** A part begins. */
  void part(String name, boolean isWhole) {
    Known known = segment == 0 ? parts.computeIfAbsent(name, n -> new Known()) : parts.get(name);
    counts = known != null && !known.isWhole;
    if (known != null) {
      known.isWholeHere |= isWhole;
    }
    part = known;
    numberOfWindow = UNKNOWN;
  }

  /** Whether anything of the part counts. */
  boolean partCounts() {
    return counts;
  }

  /** The cells of a window follow. */
  void window(byte[] frame, int length) {
    window = ByteBuffer.wrap(Arrays.copyOf(frame, length));
    numberOfWindow = UNKNOWN;
  }

  /** The number of the window that was read last. */
  private int number(Known known) {
    if (numberOfWindow == UNKNOWN) {
      numberOfWindow = known.newNumber(window);
    }
    return numberOfWindow;
  }

  /** Whether the cell counts; it is known from now on. */
  boolean cellCounts(byte[] frame, int keyBytes) {
    Known known = part;
    if (known == null || known.windows.contains(window)) {
      return false;
    }
    if (known.isWholeHere) {
      // Nothing older counts any more, so that its cells need not be known.
      return known.cells.isEmpty()
          || known.cells.segmentOf(number(known), frame, keyBytes) == SeenKeys.NONE;
    }
    return known.cells.add(number(known), frame, keyBytes, segment) == segment;
  }

  /**
   * A cell of before this segment is gone; another one of its key may be in the segment as well,
   * before or after this.
   *
   * @return whether nothing is known of the key so far
   */
  boolean gone(byte[] frame, int length) {
    Known known = part;
    if (known == null) {
      return false;
    }
    int number = number(known);
    boolean isNew = known.cells.segmentOf(number, frame, length) == SeenKeys.NONE;
    if (isNew) {
      known.cells.add(number, frame, length, segment);
    }
    return isNew && !known.windows.contains(window);
  }

  /**
   * A window has nothing from segments before this one.
   *
   * @return whether no newer segment has said so
   */
  boolean wiped(byte[] frame, int length) {
    Known known = part;
    if (known == null) {
      return false;
    }
    ByteBuffer wiped = ByteBuffer.wrap(Arrays.copyOf(frame, length));
    return known.windowsHere.add(wiped) && !known.windows.contains(wiped);
  }

  /** Whether a size is that of the newest segment that knows one. */
  boolean sizeCounts() {
    Known known = part;
    return known != null && !known.windows.contains(window) && known.sized.add(window);
  }

  /** Whether this segment or a newer one has a cell of this window, or says that it is gone. */
  boolean knows(byte[] windowBytes, byte[] key) {
    Known known = part;
    if (known == null) {
      return false;
    }
    int number = known.number(ByteBuffer.wrap(windowBytes));
    return known.cells.segmentOf(number, key, key.length) != SeenKeys.NONE;
  }
}
