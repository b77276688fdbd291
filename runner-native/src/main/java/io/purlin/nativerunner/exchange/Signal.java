package io.purlin.nativerunner.exchange;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Wakes the one thread that waits for something: a task for data, credit or a side input.
 *
 * <p>{@link #await} is called by the owner's thread alone, the others by any thread. No wake-up is
 * lost between looking and waiting: whoever raises writes {@code raised} and then reads {@code
 * waiting}, whoever waits writes {@code waiting} and then reads {@code raised}, and all four are
 * volatile, so that one of the two sees the other. That is also why raising always writes: to skip
 * the write when the flag is up already could leave what was published before it unseen.
 */
public final class Signal {
  private final AtomicBoolean raised = new AtomicBoolean();
  private volatile boolean stopped;
  private volatile @Nullable Thread waiting;

  /** Wakes the waiting thread, or makes the next wait return at once. */
  public void raise() {
    raised.set(true);
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
    if (!raised.get()) {
      park(nanos);
    }
    // Reading what it overwrites makes everything published before the raise visible.
    raised.getAndSet(false);
    if (stopped) {
      throw new StoppedException();
    }
  }

  private void park(long nanos) {
    waiting = Thread.currentThread();
    if (!raised.get()) {
      LockSupport.parkNanos(this, nanos);
    }
    waiting = null;
    // A job is stopped by stop() alone. An interrupt that user code left behind would turn every
    // further wait into a busy loop.
    if (!stopped) {
      Thread.interrupted();
    }
  }
}
