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

  /** How many elements there are, those that come again counted each time. */
  private final int size;

  private ReadyInput(Coder<T> coder, byte[] bytes, int[] starts, int size) {
    this.coder = coder;
    this.bytes = bytes;
    this.starts = starts;
    this.size = size;
  }

  /**
   * Encodes elements.
   *
   * @param size how many there are; all together have less than 2 GiB
   */
  static <T> ReadyInput<T> of(Coder<T> coder, int size, Iterator<T> elements) {
    Encoded bytes = new Encoded();
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
    return new ReadyInput<>(coder, bytes.whole(), Arrays.copyOf(starts, made + 1), made);
  }

  /** Gives what was written without a copy, for which the heap of a side may be too small. */
  private static final class Encoded extends ByteArrayOutputStream {
    /** What was written, and some room behind it. */
    byte[] whole() {
      return buf;
    }
  }

  /** The same elements over and over until there are {@code times}. */
  ReadyInput<T> repeated(int times) {
    return new ReadyInput<>(coder, bytes, starts, times);
  }

  /** Number of elements. */
  public int size() {
    return size;
  }

  /** Decodes the element with a number from 0. */
  public T element(int number) {
    int place = number % (starts.length - 1);
    int start = starts[place];
    try {
      return coder.decode(new ByteArrayInputStream(bytes, start, starts[place + 1] - start));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Coder<T> coder() {
    return coder;
  }
}
