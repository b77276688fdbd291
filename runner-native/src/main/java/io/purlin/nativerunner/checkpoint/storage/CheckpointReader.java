package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredFile;
import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.sdk.connector.CheckpointId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Reads one prepared or committed checkpoint. No byte of a part is handed out before the whole part
 * has been checked. Immutable, for all threads; each stream has one owner.
 */
public final class CheckpointReader {
  /** Parts up to this size are read once; larger ones are checked first and then read again. */
  private static final int IN_MEMORY_BYTES = 8 << 20;

  private static final int BUFFER_BYTES = 64 << 10;

  private final CheckpointFiles files;
  private final Path directory;
  private final Manifest manifest;

  private CheckpointReader(CheckpointFiles files, Path directory, Manifest manifest) {
    this.files = files;
    this.directory = directory;
    this.manifest = manifest;
  }

  /**
   * Reads and checks the manifest.
   *
   * @throws CheckpointCorruptException naming what is wrong
   */
  static CheckpointReader open(CheckpointFiles files, Path directory, long number)
      throws IOException {
    CheckpointReader reader = open(files, directory);
    if (reader.id().number() != number) {
      throw new CheckpointCorruptException(
          directory.resolve(JobLayout.MANIFEST), "is that of checkpoint " + reader.id());
    }
    return reader;
  }

  /** The same for a directory whose name says nothing. */
  static CheckpointReader open(CheckpointFiles files, Path directory) throws IOException {
    Path file = directory.resolve(JobLayout.MANIFEST);
    Manifest manifest = ManifestFile.decode(SealedFile.read(files, file), file);
    return new CheckpointReader(files, directory, manifest);
  }

  /** Which checkpoint. */
  public CheckpointId id() {
    return manifest.id();
  }

  /** What it consists of. */
  public Manifest manifest() {
    return manifest;
  }

  /** The parts of one kind of one step, in the order of the manifest. */
  public List<StoredPart> parts(String transform, PartSpec.Kind kind) {
    return manifest.parts().stream()
        .filter(part -> part.spec().kind() == kind && part.spec().transform().equals(transform))
        .toList();
  }

  /**
   * The bytes of a part, all checked. The stream must be closed.
   *
   * @throws CheckpointCorruptException naming the file, what is wrong and where
   */
  public InputStream open(StoredPart part) throws IOException {
    checkSize(file(part.file()));
    String what = part.spec().toString();
    if (part.lengthBytes() <= IN_MEMORY_BYTES) {
      byte[] bytes = new byte[(int) part.lengthBytes()];
      try (InputStream in = stretch(part, what)) {
        int length = in.readNBytes(bytes, 0, bytes.length);
        if (length != bytes.length || in.read() >= 0) {
          throw new CheckpointCorruptException(path(part.file()), what + " ends early");
        }
      }
      return new ByteArrayInputStream(bytes);
    }
    try (InputStream in = stretch(part, what)) {
      drain(in);
    }
    return stretch(part, what);
  }

  /**
   * Reads everything: all files, all parts, and what is between them.
   *
   * @throws CheckpointCorruptException for the first thing that is wrong
   */
  public void verify() throws IOException {
    for (StoredFile each : manifest.files()) {
      try (InputStream in = open(each)) {
        drain(in);
      }
    }
    for (StoredPart each : manifest.parts()) {
      try (InputStream in = stretch(each, each.spec().toString())) {
        drain(in);
      }
    }
  }

  /** All bytes of a file; the stream fails at its end, instead of ending, when they are wrong. */
  InputStream open(StoredFile file) throws IOException {
    checkSize(file);
    Path path = path(file.name());
    return new CheckedStretch(files.read(path, 0), path, 0, file.lengthBytes(), file.crc32c(), "");
  }

  /**
   * Where the file of a part is, for those who check its bytes themselves. Its length is checked.
   */
  public Path locate(StoredPart part) throws IOException {
    checkSize(file(part.file()));
    return path(part.file());
  }

  StoredFile file(String name) {
    return manifest.files().stream()
        .filter(each -> each.name().equals(name))
        .findAny()
        .orElseThrow(
            () -> new IllegalArgumentException(name + " is no file of checkpoint " + id()));
  }

  Path path(String file) {
    return directory.resolve(file);
  }

  private void checkSize(StoredFile file) throws IOException {
    Path path = path(file.name());
    if (!files.exists(path)) {
      throw new CheckpointCorruptException(path, "is missing");
    }
    long size = files.size(path);
    if (size != file.lengthBytes()) {
      throw new CheckpointCorruptException(
          path, "has " + size + " bytes, the manifest says " + file.lengthBytes());
    }
  }

  private InputStream stretch(StoredPart part, String what) throws IOException {
    Path path = path(part.file());
    return new CheckedStretch(
        files.read(path, part.offsetBytes()),
        path,
        part.offsetBytes(),
        part.lengthBytes(),
        part.crc32c(),
        what);
  }

  private static void drain(InputStream in) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    while (in.read(buffer, 0, buffer.length) >= 0) {
      // Only to have it checked.
    }
  }

  /** A stretch of a file that fails at its end, instead of ending, when its bytes are wrong. */
  private static final class CheckedStretch extends InputStream {
    private final InputStream in;
    private final Path path;
    private final long offset;
    private final int expected;
    private final String what;
    private final CRC32C crc = new CRC32C();
    private final long length;
    private long left;

    CheckedStretch(InputStream in, Path path, long offset, long length, int expected, String what) {
      this.in = in;
      this.path = path;
      this.offset = offset;
      this.length = length;
      this.left = length;
      this.expected = expected;
      this.what = what;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int from, int most) throws IOException {
      if (left == 0) {
        if ((int) crc.getValue() != expected) {
          throw new CheckpointCorruptException(
              path, "CRC32C over " + offset + " to " + (offset + length) + " is wrong " + what);
        }
        return -1;
      }
      // A channel has a buffer of its own of each length that it is asked for.
      int count = in.read(bytes, from, (int) Math.min(Math.min(most, BUFFER_BYTES), left));
      if (count < 0) {
        throw new CheckpointCorruptException(
            path, "ends " + left + " bytes before " + (offset + length) + " " + what);
      }
      crc.update(bytes, from, count);
      left -= count;
      return count;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
