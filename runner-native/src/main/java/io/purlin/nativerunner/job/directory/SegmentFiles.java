package io.purlin.nativerunner.job.directory;

import io.purlin.nativerunner.checkpoint.storage.Manifest.StoredPart;
import io.purlin.nativerunner.checkpoint.storage.PartSpec;
import java.util.Map;
import java.util.function.Predicate;

/** The names of the files that checkpoints write, and that later ones link. */
final class SegmentFiles {
  private static final String PREFIX = "state-";

  private SegmentFiles() {}

  /** The file that a checkpoint writes. */
  static String name(long checkpoint) {
    return PREFIX + checkpoint;
  }

  /**
   * A file with one segment that was too large for the heap.
   *
   * @param index which of the checkpoint's, from 0
   */
  static String name(long checkpoint, int index) {
    return PREFIX + checkpoint + "." + index;
  }

  /** The segments that operators need whose oldest ones have these numbers. */
  static Predicate<StoredPart> from(Map<PartSpec, Long> bases) {
    return part ->
        part.spec().kind() == PartSpec.Kind.OPERATOR
            && number(part) >= bases.getOrDefault(part.spec(), Long.MAX_VALUE);
  }

  /** Number of the checkpoint that wrote a part. */
  static long number(StoredPart part) {
    int dot = part.file().indexOf('.');
    return Long.parseLong(
        part.file().substring(PREFIX.length(), dot < 0 ? part.file().length() : dot));
  }
}
