package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.sdk.faults.KillPoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * A small file that is whole or not there: magic, format version, length of the body, body, CRC32C
 * over all before it. Written under another name, synced, renamed, and the directory synced.
 */
final class SealedFile {
  static final int FORMAT_VERSION = 3;

  /** Far above what a manifest of a million parts needs, far below what would hurt. */
  static final int MAX_BYTES = 256 << 20;

  static final String UNFINISHED = ".tmp";

  private static final long MAGIC = 0x5055524C494E4350L;
  private static final int HEAD_BYTES = Long.BYTES + 2 * Integer.BYTES;

  private SealedFile() {}

  /** Writes the file; when it returns, it survives a power cut. */
  static void write(CheckpointFiles files, Path file, byte[] body) throws IOException {
    int length = HEAD_BYTES + body.length + Integer.BYTES;
    if (length < 0 || length > MAX_BYTES) {
      throw new IOException(file + ": " + body.length + " bytes are more than fit");
    }
    ByteBuffer whole = ByteBuffer.allocate(length);
    whole.putLong(MAGIC).putInt(FORMAT_VERSION).putInt(body.length).put(body);
    CRC32C crc = new CRC32C();
    crc.update(whole.array(), 0, whole.position());
    whole.putInt((int) crc.getValue());
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    files.delete(unfinished);
    try (CheckpointFiles.Output out = files.create(unfinished)) {
      out.write(whole.array(), 0, length);
      KillPoint.SEAL_WRITTEN.hit();
      out.sync();
    }
    KillPoint.SEAL_UNNAMED.hit();
    files.rename(unfinished, file);
    KillPoint.SEAL_NAMED.hit();
    files.syncDirectory(JobLayout.parent(file));
  }

  /** Reads the body. */
  static byte[] read(CheckpointFiles files, Path file) throws IOException {
    if (!files.exists(file)) {
      throw new CheckpointCorruptException(file, "is missing");
    }
    long size = files.size(file);
    if (size < HEAD_BYTES + Integer.BYTES || size > MAX_BYTES) {
      throw new CheckpointCorruptException(file, "has " + size + " bytes");
    }
    byte[] bytes;
    try (InputStream in = files.read(file, 0)) {
      bytes = in.readNBytes((int) size);
    }
    if (bytes.length != size) {
      throw new CheckpointCorruptException(file, "ends at " + bytes.length + " of " + size);
    }
    ByteBuffer all = ByteBuffer.wrap(bytes);
    if (all.getLong() != MAGIC) {
      throw new CheckpointCorruptException(file, "does not begin as a checkpoint's file, at 0");
    }
    int version = all.getInt();
    int length = all.getInt();
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, bytes.length - Integer.BYTES);
    boolean whole = (int) crc.getValue() == all.getInt(bytes.length - Integer.BYTES);
    if (version != FORMAT_VERSION) {
      throw otherFormat(file, version, whole);
    }
    if (length != size - HEAD_BYTES - Integer.BYTES) {
      throw new CheckpointCorruptException(file, "says it has " + length + " bytes, at 12");
    }
    if (!whole) {
      throw new CheckpointCorruptException(file, "CRC32C over 0 to " + size + " is wrong");
    }
    byte[] body = new byte[length];
    all.get(body);
    return body;
  }

  /** A file that is whole is one of another release; else nothing that it says is to be trusted. */
  private static IOException otherFormat(Path file, int version, boolean whole) {
    String what = "has format " + version + "; this release reads format " + FORMAT_VERSION;
    return whole
        ? new CheckpointUnavailableException(
            file
                + " "
                + what
                + ". Run the release that wrote it, or begin anew with --resume=never.")
        : new CheckpointCorruptException(file, what);
  }
}
