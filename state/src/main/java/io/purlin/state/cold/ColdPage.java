package io.purlin.state.cold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some entries of a cold table in the order of their places. Belongs to whoever has read it. */
public final class ColdPage {
  /** Nothing. */
  public static final ColdPage EMPTY = new ColdPage();

  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();
  private long bytes;
  private byte @Nullable [] last;
  private boolean isEnd;

  ColdPage() {}

  void add(byte[] place, byte[] stored) {
    keys.add(LongKeys.key(place, stored));
    values.add(LongKeys.value(place, stored));
    bytes += place.length + stored.length;
    last = place;
  }

  void isLast() {
    isEnd = true;
  }

  /** Number of entries. */
  public int size() {
    return keys.size();
  }

  /** The whole key of an entry, see {@link ColdTable#keyStart}. */
  public byte[] key(int index) {
    return keys.get(index);
  }

  /** The value of an entry. */
  public byte[] value(int index) {
    return values.get(index);
  }

  /** Bytes of all places and of what stands there. */
  long bytes() {
    return bytes;
  }

  /** The place from which to go on; null when nothing follows. */
  public byte @Nullable [] next() {
    byte[] before = last;
    // The least that is greater: the same with a zero behind it.
    return isEnd || before == null ? null : Arrays.copyOf(before, before.length + 1);
  }
}
