package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredFile;
import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.sdk.faults.KillPoint;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes one file of a checkpoint, part after part. Owned by one thread, usually a task's or its
 * writer's; ends with {@link #finish}, or with {@link #close} alone, which leaves the checkpoint
 * without the file and so never to be completed.
 */
public final class TaskFileWriter implements Closeable {
  private static final int BUFFER_BYTES = 64 << 10;

  /** Writes the body of a part. */
  @FunctionalInterface
  public interface PartBody {
    /** Writes all of it; the stream is buffered and not to be closed. */
    void writeTo(OutputStream out) throws IOException;
  }

  private final CheckpointWriter checkpoint;
  private final String name;
  private final CheckpointFiles.Output file;
  private final Body body = new Body();
  private final List<StoredPart> parts = new ArrayList<>();
  private final CRC32C fileCrc = new CRC32C();
  private final CRC32C partCrc = new CRC32C();
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int buffered;
  private long written;
  private boolean broken;

  TaskFileWriter(CheckpointWriter checkpoint, String name, CheckpointFiles.Output file) {
    this.checkpoint = checkpoint;
    this.name = name;
    this.file = file;
  }

  /** Appends a part. After a failure nothing but {@link #close} is left. */
  public void part(PartSpec spec, PartBody content) throws IOException {
    if (broken) {
      throw new IllegalStateException(name + " has failed before");
    }
    broken = true;
    long offset = written;
    partCrc.reset();
    content.writeTo(body);
    body.flush();
    parts.add(new StoredPart(spec, name, offset, written - offset, (int) partCrc.getValue()));
    broken = false;
  }

  /** Makes the file durable and hands it to the checkpoint. */
  public void finish() throws IOException {
    if (broken) {
      throw new IllegalStateException(name + " has failed before");
    }
    KillPoint.FILE_UNSYNCED.hit();
    file.sync();
    file.close();
    checkpoint.finished(new StoredFile(name, written, (int) fileCrc.getValue()), parts);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** The stream that parts are written to: counts, sums and passes on in large pieces. */
  private final class Body extends OutputStream {
    @Override
    public void write(int each) throws IOException {
      if (buffered == buffer.length) {
        flush();
      }
      buffer[buffered++] = (byte) each;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
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
    public void flush() throws IOException {
      pass(buffer, 0, buffered);
      buffered = 0;
    }

    private void pass(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return;
      }
      file.write(bytes, offset, length);
      KillPoint.FILE_IN_PART.hit();
      fileCrc.update(bytes, offset, length);
      partCrc.update(bytes, offset, length);
      written += length;
    }
  }
}
