package io.purlin.nativerunner.checkpoint.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where parts of a checkpoint are written that do not fit on the heap, before the checkpoint itself
 * is. A file leaves by becoming a checkpoint's, or is deleted: when its checkpoint was given up,
 * when a later one is committed, or at the next start.
 *
 * <p>Any thread begins files; all else is done by the thread that runs the job. Lives as long as
 * the {@link JobDirectory} it belongs to.
 */
public final class SpillDirectory {
  /** What a part may take of the heap unless its job is made for tests. */
  static final int ON_HEAP_BYTES = 1 << 20;

  static final String NAME = "spill";

  private static final Pattern FILE = Pattern.compile("part-([0-9]{1,18})-[0-9]+");

  private final CheckpointFiles files;
  private final Path directory;
  private final int onHeapBytes;
  private boolean made;
  private long count;

  SpillDirectory(CheckpointFiles files, Path job, int onHeapBytes) {
    this.files = files;
    this.directory = job.resolve(NAME);
    this.onHeapBytes = onHeapBytes;
  }

  /** How many bytes of a part stay on the heap; one that has more goes to a file, all of it. */
  public int onHeapBytes() {
    return onHeapBytes;
  }

  /**
   * Begins a file for a part of a checkpoint.
   *
   * @throws IOException when there can be no directory for it
   */
  public synchronized SpilledFile begin(long checkpoint) throws IOException {
    if (!made) {
      if (!files.exists(directory)) {
        files.createDirectory(directory);
      }
      made = true;
    }
    return new SpilledFile(files, directory.resolve("part-" + checkpoint + "-" + count++));
  }

  /** Deletes what checkpoints up to this one have left here. */
  void deleteThrough(long checkpoint) throws IOException {
    if (!files.exists(directory)) {
      return;
    }
    for (String each : files.list(directory)) {
      Matcher name = FILE.matcher(each);
      if (name.matches() && Long.parseLong(name.group(1)) <= checkpoint) {
        files.delete(directory.resolve(each));
      }
    }
  }
}
