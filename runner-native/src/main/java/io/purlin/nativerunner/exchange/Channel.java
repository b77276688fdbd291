package io.purlin.nativerunner.exchange;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A way from one task to another: exactly one thread sends, exactly one receives.
 *
 * <p>A credit is a free batch of the receiver. The sender takes one to fill a batch and has none
 * left when all are under way; the receiver gives it back when it has read the batch. Invariant:
 * credits granted = free batches + batches in flight (being filled, queued, or being read).
 *
 * <p>Control elements travel in the same queue. They need no credit: a watermark that has not been
 * read yet is replaced by a later one if nothing was sent between them, and a partial batch goes
 * ahead of them. So the queue holds at most two entries for each credit, and a few at the end.
 */
public final class Channel {
  private final int credits;
  private final Ring<Batch> free;
  private final Ring<Object> queue;
  private final Signal sender;
  private final Signal receiver;

  /**
   * @param credits batches that may be in flight, at least 1
   * @param batchElements elements of a batch, at least 1
   * @param sender raised when a credit comes back
   * @param receiver raised when something was sent
   */
  public Channel(int credits, int batchElements, Signal sender, Signal receiver) {
    this.credits = credits;
    this.sender = sender;
    this.receiver = receiver;
    this.free = new Ring<>(credits);
    this.queue = new Ring<>(2 * credits + 4);
    for (int i = 0; i < credits; i++) {
      free.offer(new Batch(batchElements));
    }
  }

  /** A free batch, which costs a credit; null when there is none. Sender only. */
  @Nullable Batch takeCredit() {
    return free.poll();
  }

  /** Sends a batch that {@link #takeCredit} gave. Sender only. */
  void send(Batch batch) {
    enqueue(batch);
  }

  /** Sends a control element; false when the queue has no room for it now. Sender only. */
  boolean trySend(Control control) {
    // A batch always finds room: half of the queue is kept for the credits.
    if (queue.size() > credits + 2) {
      return false;
    }
    enqueue(control);
    return true;
  }

  private void enqueue(Object entry) {
    if (!queue.offer(entry)) {
      throw new IllegalStateException("more was sent than there are credits");
    }
    receiver.raise();
  }

  /** The next batch or control element; null when there is none. Receiver only. */
  @Nullable Object poll() {
    Object entry = queue.poll();
    if (entry instanceof Control) {
      sender.raise();
    }
    return entry;
  }

  /** Gives a batch that was read back, and with it its credit. Receiver only. */
  void returnCredit(Batch batch) {
    batch.clear();
    if (!free.offer(batch)) {
      throw new IllegalStateException("more credits came back than were granted");
    }
    sender.raise();
  }

  /** Credits that were granted. */
  public int granted() {
    return credits;
  }

  /** Credits that are free at the moment; any thread, exact when both sides rest. */
  public int freeCredits() {
    return free.size();
  }

  /** Batches and control elements that are queued at the moment; any thread. */
  public int queued() {
    return queue.size();
  }

  /**
   * A bounded queue between one producing and one consuming thread, after Lamport: each index is
   * written by one side alone, and a slot is handed over by a release write of the index behind it.
   */
  private static final class Ring<E> {
    private final AtomicReferenceArray<@Nullable E> slots;
    private final AtomicInteger head = new AtomicInteger();
    private final AtomicInteger tail = new AtomicInteger();

    Ring(int capacity) {
      slots = new AtomicReferenceArray<>(capacity);
    }

    boolean offer(E element) {
      int at = tail.getPlain();
      if (at - head.getAcquire() == slots.length()) {
        return false;
      }
      slots.setPlain(Math.floorMod(at, slots.length()), element);
      tail.setRelease(at + 1);
      return true;
    }

    @Nullable E poll() {
      int at = head.getPlain();
      if (at == tail.getAcquire()) {
        return null;
      }
      int slot = Math.floorMod(at, slots.length());
      E element = slots.getPlain(slot);
      slots.setPlain(slot, null);
      head.setRelease(at + 1);
      return element;
    }

    int size() {
      int from = head.getAcquire();
      return Math.max(0, tail.getAcquire() - from);
    }
  }
}
