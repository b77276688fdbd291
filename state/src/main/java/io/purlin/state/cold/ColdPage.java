package io.purlin.state.cold;

import java.util.ArrayList;
import java.util.List;

/** Some entries of a cold table in the order of their keys. Belongs to whoever has read it. */
public final class ColdPage {
  /** Nothing. */
  public static final ColdPage EMPTY = new ColdPage();

  private final List<byte[]> keys = new ArrayList<>();
  private final List<byte[]> values = new ArrayList<>();
  private long bytes;
  private boolean last;

  ColdPage() {}

  void add(byte[] key, byte[] value) {
    keys.add(key);
    values.add(value);
    bytes += key.length + value.length;
  }

  void isLast() {
    last = true;
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

  /** Bytes of all keys and values. */
  long bytes() {
    return bytes;
  }

  /** Whether nothing follows. */
  public boolean last() {
    return last;
  }
}
