package io.purlin.io.kafka.source;

import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * How far a reader is: the least of its open partitions, or of all readers when it has none. Told
 * to the others by what they share. Owned by the reader.
 *
 * <p>The partitions are gone through only when their least may have changed, which is when that of
 * the least has, or when there are others.
 */
final class ReaderWatermark {
  private final int index;
  private final SharedPartitions shared;
  private long least = SharedPartitions.NONE;
  private boolean stale = true;
  private long millis = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * @param index which reader it is
   * @param shared what the readers know together
   */
  ReaderWatermark(int index, SharedPartitions shared) {
    this.index = index;
    this.shared = shared;
  }

  /** Asks a partition's policy how far it is. */
  void refresh(PartitionCursor<?, ?> cursor) {
    long before = cursor.watermarkMillis();
    cursor.refreshWatermark();
    stale |= before <= least && cursor.watermarkMillis() != before;
  }

  /** Partitions are opened, or have ended. */
  void partitionsChanged() {
    stale = true;
  }

  /** Tells it to the other readers, and hears of theirs. */
  void publish(Collection<? extends PartitionCursor<?, ?>> open) {
    if (stale) {
      stale = false;
      least = SharedPartitions.NONE;
      for (PartitionCursor<?, ?> cursor : open) {
        least = Math.min(least, cursor.watermarkMillis());
      }
      shared.watermark(index, least);
    }
    long said = least == SharedPartitions.NONE ? shared.leastWatermark() : least;
    if (said != SharedPartitions.NONE) {
      millis = said;
    }
  }

  /** As it was published last. */
  long millis() {
    return millis;
  }
}
