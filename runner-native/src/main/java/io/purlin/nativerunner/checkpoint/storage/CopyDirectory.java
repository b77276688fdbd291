package io.purlin.nativerunner.checkpoint.storage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.zip.CRC32C;

/**
 * Where what is beyond the heap is copied to, on its way into checkpoints. There is one copy at a
 * time; its files leave by being linked, and it is deleted with the next one.
 *
 * <p>Used by the thread that runs the job; lives as long as the {@link JobDirectory} it belongs to.
 */
public final class CopyDirectory {
  private static final String NAME = "copy";
  private static final int BUFFER_BYTES = 1 << 18;

  private final CheckpointFiles files;
  private final Path directory;
  private final Map<Known, Integer> known = new HashMap<>();

  /** A file that does not change while it has its name. */
  private record Known(String name, long lengthBytes) {}

  /**
   * A file of a copy; it does not change any more and survives a power cut.
   *
   * @param name what the state backend calls it
   * @param crc32c over all of it
   */
  public record CopiedFile(String name, Path path, long lengthBytes, int crc32c) {}

  /** Makes a copy. */
  public interface Maker {
    /**
     * Writes all files.
     *
     * @param directory does not exist; its parent does
     */
    void copyTo(Path directory) throws IOException;
  }

  CopyDirectory(CheckpointFiles files, Path job) {
    this.files = files;
    this.directory = job.resolve(NAME);
  }

  /**
   * Has a copy made in the place of the one before. Bytes are read of files alone that were not in
   * that one.
   *
   * @param fixed whether a file of a name never changes
   */
  public List<CopiedFile> make(Maker maker, Predicate<String> fixed) throws IOException {
    clear();
    maker.copyTo(directory);
    List<CopiedFile> copied = new ArrayList<>();
    for (String each : files.list(directory)) {
      Path path = directory.resolve(each);
      long length = files.size(path);
      Known its = new Known(each, length);
      Integer crc = fixed.test(each) ? known.get(its) : null;
      if (crc == null) {
        crc = crc32c(path);
        files.sync(path);
      }
      copied.add(new CopiedFile(each, path, length, crc));
    }
    known.clear();
    copied.forEach(each -> known.put(new Known(each.name(), each.lengthBytes()), each.crc32c()));
    return copied;
  }

  /** A file of an earlier copy, of which the next one is going to be made. */
  public void know(String name, long lengthBytes, int crc32c) {
    known.put(new Known(name, lengthBytes), crc32c);
  }

  private int crc32c(Path path) throws IOException {
    CRC32C crc = new CRC32C();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (InputStream in = files.read(path, 0)) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        crc.update(buffer, 0, count);
      }
    }
    return (int) crc.getValue();
  }

  /** Deletes the copy, and forgets it: the next one shares no file with it. */
  void restart() throws IOException {
    known.clear();
    clear();
  }

  private void clear() throws IOException {
    if (files.exists(directory)) {
      for (String each : files.list(directory)) {
        files.delete(directory.resolve(each));
      }
      files.delete(directory);
    }
  }
}
