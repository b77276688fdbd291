package io.purlin.benchmarks.side;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * What one run comes to: the time and the processor time from the first element that was read to
 * the last result, so that starting and stopping a runner does not count, and what the results
 * were. One for the process; runs follow each other. Any thread may call it, seldom: whoever reads
 * or takes many elements counts by himself in between.
 */
public final class Tally {
  private static final AtomicReference<@Nullable Reading> FIRST = new AtomicReference<>();
  private static final AtomicReference<@Nullable Reading> LAST = new AtomicReference<>();
  private static final AtomicLong RESULTS = new AtomicLong();
  private static final AtomicLong HASH = new AtomicLong();

  private Tally() {}

  /** Begins a run: nothing has been read yet. */
  public static void reset() {
    FIRST.set(null);
    LAST.set(null);
    RESULTS.set(0);
    HASH.set(0);
  }

  /** Elements are about to be read; the first call of a run counts. */
  public static void reading() {
    if (FIRST.get() == null) {
      FIRST.compareAndSet(null, Reading.now());
    }
  }

  /**
   * Results are there; the last call of a run counts for the time.
   *
   * @param results how many, since the caller said so before
   * @param hash the sum of what {@link #mix} makes of each
   */
  public static void results(long results, long hash) {
    RESULTS.addAndGet(results);
    HASH.addAndGet(hash);
    Reading now = Reading.now();
    LAST.accumulateAndGet(now, (a, b) -> a == null || b.nanos() > a.nanos() ? b : a);
  }

  /** What a result adds to the hash, which does not depend on the order of results. */
  public static long mix(long result) {
    long spread = result * 0x9E3779B97F4A7C15L;
    return spread ^ (spread >>> 32);
  }

  /**
   * The run's figures: nanoseconds, those of all processors, the number of results and their hash.
   *
   * @throws IllegalStateException when nothing was read or nothing came out
   */
  public static long[] figures() {
    Reading first = FIRST.get();
    Reading last = LAST.get();
    if (first == null || last == null) {
      throw new IllegalStateException(first == null ? "nothing was read" : "nothing came out");
    }
    return new long[] {
      last.nanos() - first.nanos(), last.cpuNanos() - first.cpuNanos(), RESULTS.get(), HASH.get()
    };
  }
}
