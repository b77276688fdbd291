package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.metrics.TaskTimes;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.Standstill;

/** What a sender without credit does. */
public interface Backpressure {
  /**
   * No credit is left.
   *
   * @return whether to try again; false lets the elements overflow into memory at the sender, whose
   *     task then takes no new input until they are sent
   * @throws StoppedException when the job is told to stop while it waits
   */
  boolean awaitCredit();

  /** Waits on the thread of the sending task, which no other task shares. */
  static Backpressure waiting(Signal signal) {
    return () -> {
      signal.await(WAIT_NANOS);
      return true;
    };
  }

  /**
   * Waits as {@link #waiting(Signal)} does, and tells for how long.
   *
   * @param signal raised when a credit comes back
   * @param standstill told before each wait
   * @param clock measures the wait
   * @param times of the waiting task
   */
  static Backpressure waiting(Signal signal, Standstill standstill, Clock clock, TaskTimes times) {
    return () -> {
      standstill.begins();
      times.begins(TaskTimes.Wait.BACKPRESSURED, clock.millis());
      try {
        signal.await(WAIT_NANOS);
      } finally {
        times.ends(TaskTimes.Wait.BACKPRESSURED, clock.millis());
      }
      return true;
    };
  }

  /** Never waits, since the thread is the receiver's as well. */
  static Backpressure overflowing() {
    return () -> false;
  }

  /** Longest wait before looking again, in nanoseconds; a credit ends it earlier. */
  long WAIT_NANOS = 10_000_000;
}
