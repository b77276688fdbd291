package io.purlin.nativerunner.metrics;

import java.util.concurrent.atomic.AtomicLongArray;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.MetricName;

/**
 * A distribution of one step in one task: sum, count, least and most.
 *
 * <p>Written by the task's thread alone, by ordinary stores; any thread may read. While the task
 * runs, a reader may see one update half; once it has ended, all is exact.
 */
final class DistributionCell implements Distribution {
  private static final int SUM = 0;
  private static final int COUNT = 1;
  private static final int MIN = 2;
  private static final int MAX = 3;

  private final MetricName name;
  private final AtomicLongArray attempted = empty();
  private final AtomicLongArray committed = empty();

  DistributionCell(MetricName name) {
    this.name = name;
  }

  private static AtomicLongArray empty() {
    return new AtomicLongArray(new long[] {0, 0, Long.MAX_VALUE, Long.MIN_VALUE});
  }

  @Override
  public void update(long value) {
    update(value, 1, value, value);
  }

  @Override
  public void update(long sum, long count, long min, long max) {
    attempted.setOpaque(SUM, attempted.getPlain(SUM) + sum);
    attempted.setOpaque(COUNT, attempted.getPlain(COUNT) + count);
    if (min < attempted.getPlain(MIN)) {
      attempted.setOpaque(MIN, min);
    }
    if (max > attempted.getPlain(MAX)) {
      attempted.setOpaque(MAX, max);
    }
  }

  @Override
  public MetricName getName() {
    return name;
  }

  /** What was recorded so far is final. */
  void commit() {
    for (int i = 0; i < committed.length(); i++) {
      committed.setOpaque(i, attempted.getPlain(i));
    }
  }

  /** Adds what was recorded, or what of it is final, to another distribution. Any thread. */
  void addTo(Distribution other, Extent extent) {
    AtomicLongArray from = extent == Extent.COMMITTED ? committed : attempted;
    other.update(
        from.getOpaque(SUM), from.getOpaque(COUNT), from.getOpaque(MIN), from.getOpaque(MAX));
  }
}
