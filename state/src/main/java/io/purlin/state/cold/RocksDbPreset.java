package io.purlin.state.cold;

import java.util.Arrays;
import java.util.Locale;
import org.rocksdb.CompactionStyle;

/**
 * How the memory and the background threads of RocksDB are divided, and how it merges files. A
 * write buffer that is small takes cells in faster than a large one, so none is over 32 MiB.
 *
 * <p>Universal compaction merges a file fewer times than leveled compaction before it is in its
 * last place, for up to twice the room and some more files to look into for each cell.
 */
public enum RocksDbPreset {
  /** As much is written as is read. */
  DEFAULT(3, 16, 4, 4, CompactionStyle.UNIVERSAL),

  /** Cells are mostly written away: half of the memory takes them in, more threads sort them. */
  WRITE_HEAVY(2, 32, 6, 4, CompactionStyle.UNIVERSAL),

  /** Cells are mostly read back: nearly all memory caches what was written. */
  READ_HEAVY(8, 16, 2, 2, CompactionStyle.LEVEL),

  /** As little memory as works. */
  LOW_MEMORY(4, 4, 2, 1, CompactionStyle.LEVEL);

  private static final long MEBIBYTE = 1 << 20;

  /** Write buffers may take one part in so many of the managed memory. */
  final int writeShare;

  /** Write buffers that may be there at once, one of them being filled. */
  final int writeBuffers;

  /** Threads that write buffers to files and merge files. */
  final int backgroundJobs;

  /** How files are merged. */
  final CompactionStyle compaction;

  private final int writeBufferMebibytes;

  RocksDbPreset(
      int writeShare,
      int writeBufferMebibytes,
      int writeBuffers,
      int backgroundJobs,
      CompactionStyle compaction) {
    this.writeShare = writeShare;
    this.writeBufferMebibytes = writeBufferMebibytes;
    this.writeBuffers = writeBuffers;
    this.backgroundJobs = backgroundJobs;
    this.compaction = compaction;
  }

  /** Size of one write buffer in bytes, within what the managed memory allows. */
  long writeBufferBytes(long managedBytes) {
    long fair = managedBytes / writeShare / 2;
    return Math.max(MEBIBYTE / 4, Math.min(fair, writeBufferMebibytes * MEBIBYTE));
  }

  /** The name by which options call it, such as {@code write-heavy}. */
  public String optionName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The preset of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static RocksDbPreset of(String optionName) {
    return Arrays.stream(values())
        .filter(each -> each.optionName().equals(optionName))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no preset is called " + optionName));
  }
}
