package io.purlin.benchmarks.nexmark;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.beam.sdk.transforms.DoFn;

/**
 * Measures from the first event to the last bundle, so that starting and stopping a runner does not
 * count. One for the process; runs follow each other.
 */
final class Stopwatch {
  private static final long NEVER = Long.MIN_VALUE;
  private static final AtomicLong FIRST = new AtomicLong(NEVER);
  private static final AtomicLong LAST = new AtomicLong(NEVER);
  private static final AtomicLong EVENTS = new AtomicLong();
  private static final AtomicLong RESULTS = new AtomicLong();

  private Stopwatch() {}

  static void reset() {
    FIRST.set(NEVER);
    LAST.set(NEVER);
    EVENTS.set(0);
    RESULTS.set(0);
  }

  static long nanos() {
    return LAST.get() - FIRST.get();
  }

  static long events() {
    return EVENTS.get();
  }

  static long results() {
    return RESULTS.get();
  }

  /** Lets elements pass; bundles with elements set the stopwatch. */
  static final class Lap<T> extends DoFn<T, T> {
    private static final long serialVersionUID = 1L;

    private final boolean event;
    private transient long count;

    /**
     * @param event whether its elements are events; otherwise they are results
     */
    Lap(boolean event) {
      this.event = event;
    }

    @ProcessElement
    public void process(@Element T element, OutputReceiver<T> out) {
      if (count++ == 0) {
        FIRST.compareAndSet(NEVER, System.nanoTime());
      }
      out.output(element);
    }

    @FinishBundle
    public void finish() {
      if (count > 0) {
        (event ? EVENTS : RESULTS).addAndGet(count);
        count = 0;
        long now = System.nanoTime();
        LAST.accumulateAndGet(now, (a, b) -> a == NEVER || b > a ? b : a);
      }
    }
  }
}
