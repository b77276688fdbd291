package io.purlin.state.bytes;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Bytes on the heap in pieces, so that a large snapshot needs no large array and is never copied.
 *
 * <p>Written by one thread; read by any after the last byte was written.
 */
public final class ByteChunks extends OutputStream implements StoredBytes {
  private static final int LEAST_BYTES = 512;
  private static final int MOST_BYTES = 256 << 10;

  private final List<byte[]> full = new ArrayList<>(1);
  private byte[] last = new byte[LEAST_BYTES];
  private int used;
  private long fullBytes;

  /** No bytes so far. */
  public ByteChunks() {}

  @Override
  public void write(int each) {
    if (used == last.length) {
      next();
    }
    last[used++] = (byte) each;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    int from = offset;
    int left = length;
    while (left > 0) {
      if (used == last.length) {
        next();
      }
      int count = Math.min(left, last.length - used);
      System.arraycopy(bytes, from, last, used, count);
      used += count;
      from += count;
      left -= count;
    }
  }

  private void next() {
    full.add(last);
    fullBytes += last.length;
    last = new byte[Math.min(MOST_BYTES, last.length * 2)];
    used = 0;
  }

  @Override
  public long sizeBytes() {
    return fullBytes + used;
  }

  @Override
  public InputStream open() {
    List<InputStream> all = new ArrayList<>(full.size() + 1);
    full.forEach(each -> all.add(new ByteArrayInputStream(each)));
    all.add(new ByteArrayInputStream(last, 0, used));
    return new SequenceInputStream(Collections.enumeration(all));
  }
}
