package io.purlin.benchmarks.ready;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.beam.sdk.coders.Coder;

/** Encoded elements in the order of their times. Immutable. */
public final class ReadyInput<T> {
  private final Coder<T> coder;
  private final byte[] bytes;

  /** Where each element begins, and the end of the last. */
  private final int[] starts;

  private ReadyInput(Coder<T> coder, byte[] bytes, int[] starts) {
    this.coder = coder;
    this.bytes = bytes;
    this.starts = starts;
  }

  /**
   * Encodes elements.
   *
   * @param size how many there are; all together have less than 2 GiB
   */
  static <T> ReadyInput<T> of(Coder<T> coder, int size, Iterator<T> elements) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int[] starts = new int[size + 1];
    int made = 0;
    try {
      while (made < size && elements.hasNext()) {
        coder.encode(elements.next(), bytes);
        starts[++made] = bytes.size();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ReadyInput<>(coder, bytes.toByteArray(), Arrays.copyOf(starts, made + 1));
  }

  /** Number of elements. */
  public int size() {
    return starts.length - 1;
  }

  /** Decodes the element with a number from 0. */
  public T element(int number) {
    int start = starts[number];
    try {
      return coder.decode(new ByteArrayInputStream(bytes, start, starts[number + 1] - start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Coder<T> coder() {
    return coder;
  }
}
