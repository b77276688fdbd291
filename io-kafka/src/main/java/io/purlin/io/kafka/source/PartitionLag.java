package io.purlin.io.kafka.source;

import org.apache.beam.sdk.io.UnboundedSource;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Instant;

/**
 * What a partition's timestamp policy may ask: how much is left, and when that was looked up. Owned
 * by the partition's reader.
 *
 * <p>Backlog = end of the partition when it was looked up - next offset to be emitted; unknown
 * before the first look and once the reader is past that end. Nothing is looked up until somebody
 * asks.
 */
final class PartitionLag extends TimestampPolicy.PartitionContext {
  private static final long UNKNOWN = UnboundedSource.UnboundedReader.BACKLOG_UNKNOWN;

  private long next;
  private long end = UNKNOWN;
  private Instant checked = BoundedWindow.TIMESTAMP_MIN_VALUE;
  private boolean wanted;

  PartitionLag(long next) {
    this.next = next;
  }

  /** The next offset to be emitted; negative when it is not known. */
  long next() {
    return next;
  }

  void next(long offset) {
    next = offset;
  }

  /** The partition's end as of a time. */
  void looked(long endOffset, long atMillis) {
    end = endOffset;
    checked = Instant.ofEpochMilli(atMillis);
  }

  /** Whether anybody has asked. */
  boolean isWanted() {
    return wanted;
  }

  @Override
  public long getMessageBacklog() {
    wanted = true;
    return end < 0 || next < 0 || end < next ? UNKNOWN : end - next;
  }

  @Override
  public Instant getBacklogCheckTime() {
    wanted = true;
    return checked;
  }
}
