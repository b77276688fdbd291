package io.purlin.io.kafka.sink;

import io.purlin.sdk.connector.SinkException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which epoch may be written: where the tasks that write meet the thread that commits.
 *
 * <p>Invariant: a writer sends only in the open epoch, and the next one opens only when the
 * transaction of this one is committed. So nothing of the next epoch can get into this transaction,
 * nor before a record of it.
 *
 * <p>Used by all threads. Lifetime: that of the sink.
 */
final class Epochs {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition opened = lock.newCondition();

  /** Guarded by {@link #lock}. */
  private int writers;

  /** Writers that have ended the open epoch. Guarded by {@link #lock}. */
  private int ended;

  /** Written under {@link #lock}; read without it on every element. */
  private volatile long open;

  /** Whether the open epoch has begun. Written under {@link #lock}. */
  private volatile boolean begun;

  private volatile boolean closed;

  /** Takes a writer in; it starts in the open epoch, which is the answer. */
  long join() {
    lock.lock();
    try {
      if (ended > 0) {
        throw new IllegalStateException("a writer is made while a checkpoint is under way");
      }
      writers++;
      return open;
    } finally {
      lock.unlock();
    }
  }

  boolean isOpen(long epoch) {
    return open == epoch && !closed;
  }

  /** Waits until the epoch is open. */
  void awaitOpen(long epoch) throws InterruptedException {
    if (isOpen(epoch)) {
      return;
    }
    lock.lockInterruptibly();
    try {
      while (!isOpen(epoch)) {
        if (closed) {
          throw new SinkException(SinkException.Kind.CLOSED, "The Kafka sink is closed.", null);
        }
        opened.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Runs what begins the open epoch, unless it has begun. */
  void beginOnce(Runnable begin) {
    if (begun) {
      return;
    }
    lock.lock();
    try {
      if (!begun) {
        begin.run();
        begun = true;
      }
    } finally {
      lock.unlock();
    }
  }

  /** Whether there is an epoch that has begun and is not over. Any thread; does not wait. */
  boolean hasBegun() {
    return begun && !closed;
  }

  /** A writer of the given epoch ends it; the answer is the epoch that it writes next. */
  long end(long epoch) {
    lock.lock();
    try {
      if (epoch != open) {
        throw new IllegalStateException("an epoch is ended twice without a commit between");
      }
      ended++;
      return epoch + 1;
    } finally {
      lock.unlock();
    }
  }

  /** Checks that nobody writes the open epoch any more. */
  void checkEnded() {
    lock.lock();
    try {
      if (ended != writers) {
        throw new IllegalStateException(
            "checkpoint prepared while " + (writers - ended) + " writers have not ended the epoch");
      }
    } finally {
      lock.unlock();
    }
  }

  /** Opens the next epoch. */
  void openNext() {
    lock.lock();
    try {
      ended = 0;
      begun = false;
      long next = open + 1;
      open = next;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Lets all who wait fail. */
  void close() {
    lock.lock();
    try {
      closed = true;
      opened.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean isClosed() {
    return closed;
  }
}
