package io.purlin.state.cold;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Values in the order in which they were written, in a file of their own, so that what is soon to
 * be read once more in about that order need not be looked for in RocksDB.
 *
 * <p>It takes no more when it is large. Owned by one thread, but for {@link #close}; lives until it
 * is closed, with the store at the latest. Nothing in it has to survive.
 */
public final class ValueLog implements Closeable {
  /** What {@link #append} returns when there is no room. */
  public static final long NONE = -1;

  private static final int BUFFER_BYTES = 32 << 10;
  private static final long MOST_BYTES = 1L << 30;

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

  /**
   * Makes an empty one.
   *
   * @param path does not exist
   * @param closed is told when it is closed; may be told again
   */
  ValueLog(Path path, Consumer<ValueLog> closed) throws IOException {
    this(path, closed, MOST_BYTES);
  }

  ValueLog(Path path, Consumer<ValueLog> closed, long mostBytes) throws IOException {
    this.path = path;
    this.closed = closed;
    this.mostBytes = mostBytes;
    // Not a channel, which an interrupt would close.
    this.file = new RandomAccessFile(path.toFile(), "rw");
  }

  /**
   * Writes a value behind the others.
   *
   * @return where it is; {@link #NONE} when it is not there, for want of room
   */
  public long append(byte[] value) {
    long position = written + unwrittenBytes;
    long end = position + Integer.BYTES + value.length;
    if (end > mostBytes) {
      return NONE;
    }
    try {
      if (unwrittenBytes + Integer.BYTES > BUFFER_BYTES) {
        flush();
      }
      ByteBuffer.wrap(unwritten).putInt(unwrittenBytes, value.length);
      unwrittenBytes += Integer.BYTES;
      if (unwrittenBytes + value.length > BUFFER_BYTES) {
        flush();
      }
      if (value.length > BUFFER_BYTES) {
        file.seek(written);
        file.write(value);
        written += value.length;
      } else {
        System.arraycopy(value, 0, unwritten, unwrittenBytes, value.length);
        unwrittenBytes += value.length;
      }
      return position;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private void flush() throws IOException {
    file.seek(written);
    file.write(unwritten, 0, unwrittenBytes);
    written += unwrittenBytes;
    unwrittenBytes = 0;
  }

  /**
   * The value of a place. Costs least in the order in which they were written.
   *
   * @param position as {@link #append} gave it
   */
  public byte[] read(long position) {
    try {
      if (unwrittenBytes > 0) {
        flush();
      }
      int length = ByteBuffer.wrap(window(position, Integer.BYTES)).getInt(offset(position));
      byte[] value = new byte[length];
      long start = position + Integer.BYTES;
      if (length > BUFFER_BYTES) {
        file.seek(start);
        file.readFully(value);
      } else {
        System.arraycopy(window(start, length), offset(start), value, 0, length);
      }
      return value;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private int offset(long position) {
    return (int) (position - windowStart);
  }

  /** Bytes of the file among which those of a stretch are. */
  private byte[] window(long start, int bytes) throws IOException {
    if (start < windowStart || start + bytes > windowStart + windowBytes) {
      if (window.length == 0) {
        window = new byte[BUFFER_BYTES];
      }
      windowStart = start;
      windowBytes = 0;
      file.seek(start);
      while (windowBytes < bytes) {
        int count = file.read(window, windowBytes, BUFFER_BYTES - windowBytes);
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
