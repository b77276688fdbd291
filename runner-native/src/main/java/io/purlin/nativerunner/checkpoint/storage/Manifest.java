package io.purlin.nativerunner.checkpoint.storage;

import io.purlin.sdk.connector.CheckpointId;
import java.util.List;

/**
 * What a checkpoint consists of.
 *
 * @param jobName whose it is
 * @param timeMillis when it was triggered, ms since 1970, for people
 * @param maxParallelism number of key groups of the job
 */
public record Manifest(
    String jobName,
    CheckpointId id,
    long timeMillis,
    int maxParallelism,
    List<StoredFile> files,
    List<StoredPart> parts) {
  /** Copies the lists. */
  public Manifest {
    files = List.copyOf(files);
    parts = List.copyOf(parts);
  }

  /**
   * A file of the checkpoint's directory.
   *
   * @param name without a path
   * @param lengthBytes all of it
   * @param crc32c over all of it
   */
  public record StoredFile(String name, long lengthBytes, int crc32c) {}

  /**
   * A stretch of a file.
   *
   * @param file name of a file of the checkpoint
   * @param offsetBytes from the file's beginning
   * @param crc32c over the part alone
   */
  public record StoredPart(
      PartSpec spec, String file, long offsetBytes, long lengthBytes, int crc32c) {}

  /** Bytes in all files. */
  public long totalBytes() {
    return files.stream().mapToLong(StoredFile::lengthBytes).sum();
  }
}
