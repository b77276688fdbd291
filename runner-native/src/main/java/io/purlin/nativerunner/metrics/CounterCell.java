package io.purlin.nativerunner.metrics;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricName;

/**
 * A counter of one step in one task.
 *
 * <p>Written by the task's thread alone, so that counting is a plain addition and an ordinary
 * store; any thread may read, and sees the latest value soon, and exactly once the task has ended.
 */
final class CounterCell implements Counter {
  private final MetricName name;
  private final AtomicLong attempted = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();

  CounterCell(MetricName name) {
    this.name = name;
  }

  @Override
  public void inc() {
    inc(1);
  }

  @Override
  public void inc(long n) {
    attempted.setOpaque(attempted.getPlain() + n);
  }

  @Override
  public void dec() {
    inc(-1);
  }

  @Override
  public void dec(long n) {
    inc(-n);
  }

  @Override
  public MetricName getName() {
    return name;
  }

  /** What was counted so far is final. */
  void commit() {
    committed.setOpaque(attempted.getPlain());
  }

  /** The sum so far, or of what is final. Any thread. */
  long sum(Extent extent) {
    return (extent == Extent.COMMITTED ? committed : attempted).getOpaque();
  }
}
