package io.purlin.benchmarks.loop;

import io.purlin.benchmarks.ready.Click;
import io.purlin.benchmarks.ready.ReadyInput;
import io.purlin.benchmarks.ready.Results;
import io.purlin.benchmarks.side.Tally;
import java.util.HashMap;
import java.util.Map;

/** Clicks of each user in windows that follow each other. The input is in the order of time. */
final class WindowedCount implements Runnable {
  private final ReadyInput<Click> clicks;
  private final long windowMillis;

  WindowedCount(ReadyInput<Click> clicks, long windowMillis) {
    this.clicks = clicks;
    this.windowMillis = windowMillis;
  }

  @Override
  public void run() {
    Map<Long, Counter> counts = new HashMap<>();
    long end = windowMillis;
    for (int i = 0; i < clicks.size(); i++) {
      Click click = clicks.element(i);
      if (click.millis() >= end) {
        emit(counts, end);
        counts.clear();
        end += windowMillis;
      }
      counts.computeIfAbsent(click.user(), user -> new Counter()).count++;
    }
    emit(counts, end);
  }

  private static void emit(Map<Long, Counter> counts, long end) {
    long hash = 0;
    for (Map.Entry<Long, Counter> each : counts.entrySet()) {
      hash += Results.hash(each.getKey(), each.getValue().count, end);
    }
    Tally.results(counts.size(), hash);
  }

  private static final class Counter {
    long count;
  }
}
