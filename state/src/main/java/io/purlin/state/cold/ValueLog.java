package io.purlin.state.cold;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values in the order in which they were written, in a file of their own.
 *
 * <p>It takes no more when it is large. A record is two lengths, key and value, filled up to a
 * multiple of {@link #ALIGNMENT} bytes. Owned by one thread, but for {@link #close}; lives until it
 * is closed, with the store at the latest. Nothing in it has to survive.
 */
final class ValueLog implements Closeable {
  /** What {@link #append} returns when there is no room. */
  static final long NONE = -1;

  /** Every position is a multiple of it. */
  static final int ALIGNMENT = 16;

  private static final int HEADER_BYTES = 2 * Integer.BYTES;
  private static final int BUFFER_BYTES = 32 << 10;
  private static final int LEAST_READ_BYTES = 512;

  /** Of the length that is taken for a typical one, the part that the last record counts for. */
  private static final int SMOOTHING = 16;

  private final Path path;
  private final RandomAccessFile file;
  private final Consumer<ValueLog> closed;
  private final long mostBytes;
  private final byte[] unwritten = new byte[BUFFER_BYTES];
  private int unwrittenBytes;
  private long written;
  private byte[] window = {};
  private long windowStart;
  private int windowBytes;
  private int typicalBytes = LEAST_READ_BYTES;

  /**
   * Makes an empty one.
   *
   * @param path does not exist
   * @param closed is told when it is closed; may be told again
   * @param mostBytes its length at most
   */
  ValueLog(Path path, Consumer<ValueLog> closed, long mostBytes) throws IOException {
    this.path = path;
    this.closed = closed;
    this.mostBytes = mostBytes;
    // Not a channel, which an interrupt would close.
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  /** Bytes of all records. */
  long length() {
    return written + unwrittenBytes;
  }

  /**
   * Writes a record behind the others.
   *
   * @return where it is; {@link #NONE} when it is not there, for want of room
   */
  long append(byte[] key, byte[] value) {
    long position = length();
    long bytes = aligned((long) HEADER_BYTES + key.length + value.length);
    if (position + bytes > mostBytes) {
      return NONE;
    }
    try {
      if (unwrittenBytes + bytes > BUFFER_BYTES) {
        flush();
      }
      if (bytes > BUFFER_BYTES) {
        byte[] record = new byte[(int) bytes];
        fill(record, 0, key, value);
        file.seek(written);
        file.write(record);
        written += bytes;
      } else {
        fill(unwritten, unwrittenBytes, key, value);
        unwrittenBytes += (int) bytes;
      }
      typicalBytes += (int) (Math.min(bytes, BUFFER_BYTES) - typicalBytes) / SMOOTHING;
      return position;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static void fill(byte[] target, int at, byte[] key, byte[] value) {
    ByteBuffer.wrap(target, at, target.length - at)
        .putInt(key.length)
        .putInt(value.length)
        .put(key)
        .put(value);
  }

  private void flush() throws IOException {
    file.seek(written);
    file.write(unwritten, 0, unwrittenBytes);
    written += unwrittenBytes;
    unwrittenBytes = 0;
  }

  /**
   * The value of a record, if it has this key. Costs least in the order in which they were written.
   *
   * @param position as {@link #append} gave it
   */
  byte @Nullable [] read(long position, byte[] key) {
    if (position >= written) {
      return value(unwritten, (int) (position - written), key);
    }
    try {
      byte[] around = window(position, HEADER_BYTES);
      ByteBuffer header = ByteBuffer.wrap(around, offset(position), HEADER_BYTES);
      int keyBytes = header.getInt();
      long bytes = (long) HEADER_BYTES + keyBytes + header.getInt();
      if (keyBytes != key.length) {
        return null;
      }
      around = window(position, Math.toIntExact(bytes));
      return value(around, offset(position), key);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private static byte @Nullable [] value(byte[] bytes, int at, byte[] key) {
    ByteBuffer header = ByteBuffer.wrap(bytes, at, HEADER_BYTES);
    int keyStart = at + HEADER_BYTES;
    int keyEnd = keyStart + header.getInt();
    int end = keyEnd + header.getInt();
    boolean isKey = Arrays.equals(bytes, keyStart, keyEnd, key, 0, key.length);
    return isKey ? Arrays.copyOfRange(bytes, keyEnd, end) : null;
  }

  private int offset(long position) {
    return (int) (position - windowStart);
  }

  /** Bytes of the file among which those of a stretch are. */
  private byte[] window(long start, int bytes) throws IOException {
    long windowEnd = windowStart + windowBytes;
    if (start < windowStart || start + bytes > windowEnd) {
      // Whoever goes on from where he was will go on; who comes from elsewhere wants one record.
      boolean goesOn = start >= windowStart && start <= windowEnd + typicalBytes;
      int wanted = goesOn ? BUFFER_BYTES : typicalBytes + typicalBytes / 4 + LEAST_READ_BYTES / 2;
      int most = (int) Math.max(bytes, Math.min(wanted, written - start));
      if (window.length < most) {
        window = new byte[Math.max(most, BUFFER_BYTES)];
      }
      windowStart = start;
      windowBytes = 0;
      file.seek(start);
      while (windowBytes < bytes) {
        int count = file.read(window, windowBytes, most - windowBytes);
        if (count < 0) {
          throw new EOFException("it ends before " + (start + bytes));
        }
        windowBytes += count;
      }
    }
    return window;
  }

  private UncheckedIOException failed(IOException cause) {
    return new UncheckedIOException(
        "values that were put away cannot be kept in " + path + ": " + cause.getMessage(), cause);
  }

  /** Deletes the file. May be closed again. */
  @Override
  public void close() throws IOException {
    closed.accept(this);
    file.close();
    Files.deleteIfExists(path);
  }
}
