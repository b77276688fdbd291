package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.sdk.faults.KillPoint;
import io.purlin.state.bytes.StoredBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A part of a checkpoint that is written, as it comes, to a file of its own; {@link
 * CheckpointWriter#adopt} makes the file one of the checkpoint's.
 *
 * <p>Written by one thread, up to {@link #close}; then read by any. A file system that refuses
 * fails the checkpoint and not who writes: what comes after the failure is dropped, and {@link
 * #sync} tells of it.
 */
public final class SpilledFile extends OutputStream implements StoredBytes {
  private static final int BUFFER_BYTES = 64 << 10;

  private final CheckpointFiles files;
  private final Path path;
  private final CRC32C crc = new CRC32C();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private CheckpointFiles.@Nullable Output out;
  private @Nullable IOException failure;
  private int buffered;
  private long written;

  /** Makes the file, unless the file system refuses. */
  SpilledFile(CheckpointFiles files, Path path) {
    this.files = files;
    this.path = path;
    try {
      out = files.create(path);
    } catch (IOException e) {
      failure = e;
    }
  }

  @Override
  public void write(int each) {
    if (buffered == buffer.length) {
      flush();
    }
    buffer[buffered++] = (byte) each;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    if (length > buffer.length - buffered) {
      flush();
    }
    if (length > buffer.length) {
      pass(bytes, offset, length);
      return;
    }
    System.arraycopy(bytes, offset, buffer, buffered, length);
    buffered += length;
  }

  @Override
  public void flush() {
    pass(buffer, 0, buffered);
    buffered = 0;
  }

  private void pass(byte[] bytes, int offset, int length) {
    CheckpointFiles.Output to = out;
    if (to == null || length == 0) {
      return;
    }
    try {
      to.write(bytes, offset, length);
      KillPoint.FILE_IN_PART.hit();
      crc.update(bytes, offset, length);
      written += length;
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException cause) {
    if (failure == null) {
      failure = cause;
    } else {
      failure.addSuppressed(cause);
    }
    CheckpointFiles.Output open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** Nothing more is to be written. */
  @Override
  public void close() {
    flush();
    CheckpointFiles.Output open = out;
    out = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        failed(e);
      }
    }
  }

  /** Closes and deletes it: nobody is going to read it. What cannot be deleted now is later. */
  public void discard() {
    close();
    try {
      files.delete(path);
    } catch (IOException e) {
      failed(e);
    }
  }

  /**
   * Returns when all of it would survive a power cut.
   *
   * @throws IOException when that is not so, or something could not be written before
   */
  void sync() throws IOException {
    IOException before = failure;
    if (before != null) {
      throw new IOException(path + " was not written: " + before.getMessage(), before);
    }
    KillPoint.FILE_UNSYNCED.hit();
    files.sync(path);
  }

  Path path() {
    return path;
  }

  /** Over all of it. */
  int crc32c() {
    return (int) crc.getValue();
  }

  @Override
  public long sizeBytes() {
    return written + buffered;
  }

  @Override
  public InputStream open() throws IOException {
    return files.read(path, 0);
  }
}
