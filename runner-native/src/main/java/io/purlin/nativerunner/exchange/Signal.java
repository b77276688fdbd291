package io.purlin.nativerunner.exchange;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits for something: a task for data, credit or a side input.
 *
 * <p>{@link #await} is called by the owner's thread alone, the others by any thread. Raising a
 * signal nobody waits for costs a volatile write, and makes the next wait return at once, so that
 * no wake-up is lost between looking and waiting.
 */
public final class Signal {
  private volatile boolean raised;
  private volatile boolean stopped;
  private volatile @Nullable Thread waiting;

  /** Wakes the waiting thread, or the next wait. */
  public void raise() {
    if (!raised) {
      raised = true;
    }
    Thread thread = waiting;
    if (thread != null) {
      LockSupport.unpark(thread);
    }
  }

  /** Makes this and every further wait end by {@link StoppedException}. */
  public void stop() {
    stopped = true;
    raise();
  }

  /**
   * Waits until the signal is raised, at most {@code nanos}; may return early.
   *
   * @throws StoppedException once the signal has been stopped
   */
  public void await(long nanos) {
    waiting = Thread.currentThread();
    if (!raised && !stopped) {
      LockSupport.parkNanos(this, nanos);
    }
    waiting = null;
    raised = false;
    if (stopped) {
      throw new StoppedException();
    }
  }
}
