package io.purlin.benchmarks.growth;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Holds back the elements that are measured until what they need is there: a side input, or state
 * in a checkpoint. One for the process; runs follow each other. Any thread may call it.
 */
final class Gate {
  private static final AtomicInteger MISSING = new AtomicInteger();

  private Gate() {}

  /** Begins a run: so many signals open the gate. */
  static void close(int signals) {
    MISSING.set(signals);
  }

  /** One more thing is there. */
  static void signal() {
    MISSING.decrementAndGet();
  }

  static boolean isOpen() {
    return MISSING.get() <= 0;
  }
}
