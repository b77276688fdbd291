package io.purlin.benchmarks.latency;

import io.purlin.benchmarks.side.Latencies;

/** The samples of a run. One for the process; runs follow each other. Any thread may add. */
final class Taken {
  private static final Latencies ALL = new Latencies();

  private Taken() {}

  /** Begins a run. */
  static synchronized void reset() {
    ALL.clear();
  }

  /** Adds those of a bundle, which may be used again. */
  static synchronized void add(Latencies some) {
    ALL.addAll(some);
    some.clear();
  }

  static synchronized long[] figures() {
    return ALL.figures();
  }
}
