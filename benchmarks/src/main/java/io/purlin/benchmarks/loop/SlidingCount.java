package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * Clicks of each user in sliding windows: counts of each period, and a running sum to which a
 * period is added when it ends and taken away when the last window that has it is past. The input
 * is in the order of time.
 */
final class SlidingCount implements Runnable {
  private final ReadyInput<Click> clicks;
  private final long sizeMillis;
  private final long periodMillis;

  /** The counts of the last periods, the oldest first. */
  private final Deque<Map<Long, Counter>> periods = new ArrayDeque<>();

  private final Map<Long, Counter> sums = new HashMap<>();

  SlidingCount(ReadyInput<Click> clicks, long sizeMillis, long periodMillis) {
    this.clicks = clicks;
    this.sizeMillis = sizeMillis;
    this.periodMillis = periodMillis;
  }

  @Override
  public void run() {
    Map<Long, Counter> counts = new HashMap<>();
    long end = periodMillis;
    for (int i = 0; i < clicks.size(); i++) {
      Click click = clicks.element(i);
      while (click.millis() >= end) {
        close(counts, end);
        counts = new HashMap<>();
        end += periodMillis;
      }
      counts.computeIfAbsent(click.user(), user -> new Counter()).count++;
    }
    close(counts, end);
    for (long i = 1; i < sizeMillis / periodMillis; i++) {
      end += periodMillis;
      close(Map.of(), end);
    }
  }

  /** A period ends, and with it a window. */
  private void close(Map<Long, Counter> counts, long end) {
    counts.forEach(
        (user, counter) ->
            sums.computeIfAbsent(user, unknown -> new Counter()).count += counter.count);
    periods.addLast(counts);
    long hash = 0;
    for (Map.Entry<Long, Counter> each : sums.entrySet()) {
      hash += Results.hash(each.getKey(), each.getValue().count, end);
    }
    Tally.results(sums.size(), hash);
    if (periods.size() == sizeMillis / periodMillis) {
      forget(periods.removeFirst());
    }
  }

  private void forget(Map<Long, Counter> oldest) {
    for (Iterator<Map.Entry<Long, Counter>> i = oldest.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Long, Counter> each = i.next();
      Counter sum = sums.get(each.getKey());
      if (sum != null) {
        sum.count -= each.getValue().count;
        if (sum.count == 0) {
          sums.remove(each.getKey());
        }
      }
    }
  }

  private static final class Counter {
    long count;
  }
}
