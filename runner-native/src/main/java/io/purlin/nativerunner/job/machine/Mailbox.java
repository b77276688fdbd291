package io.purlin.nativerunner.job.machine;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Where a job's thread is told what happens, and where it waits meanwhile.
 *
 * @param <E> what it is told
 */
public interface Mailbox<E> {
  /** Tells something. Any thread. */
  void put(E message);

  /** The oldest of what was told; waits for it at most {@code millis}. The job's thread only. */
  @Nullable E poll(long millis);

  /** One in which the thread sleeps. */
  static <E> Mailbox<E> blocking() {
    return new Blocking<>(new LinkedBlockingQueue<>());
  }

  /** A queue of the JVM. */
  record Blocking<E>(BlockingQueue<E> queue) implements Mailbox<E> {
    @Override
    public void put(E message) {
      queue.add(message);
    }

    @Override
    public @Nullable E poll(long millis) {
      try {
        return queue.poll(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        // Nobody interrupts this thread: it is stopped by what it is told.
        return null;
      }
    }
  }
}
