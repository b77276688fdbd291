package io.purlin.nativerunner.exchange;

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

  /** Never waits, since the thread is the receiver's as well. */
  static Backpressure overflowing() {
    return () -> false;
  }

  /** Longest wait before looking again, in nanoseconds; a credit ends it earlier. */
  long WAIT_NANOS = 10_000_000;
}
