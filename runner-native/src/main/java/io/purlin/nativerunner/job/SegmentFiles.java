package io.purlin.nativerunner.job;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;

/** The names of the files that checkpoints write, and that later ones link. */
final class SegmentFiles {
  private static final String PREFIX = "state-";

  private SegmentFiles() {}

  /** The file that a checkpoint writes. */
  static String name(long checkpoint) {
    return PREFIX + checkpoint;
  }

  /** Number of the checkpoint that wrote a part. */
  static long number(StoredPart part) {
    return Long.parseLong(part.file().substring(PREFIX.length()));
  }
}
