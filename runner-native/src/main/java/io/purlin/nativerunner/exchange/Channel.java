package io.purlin.nativerunner.exchange;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A way from one task to another: exactly one thread sends, exactly one receives.
 *
 * <p>A credit is a free batch of the receiver. The sender takes one to fill a batch and has none
 * left when all are under way; the receiver gives it back when it has read the batch. Invariant:
 * credits granted = free batches + batches in flight (being filled, queued, or being read).
 *
 * <p>Control elements travel in the same queue. They need no credit and always find room: progress
 * that has not been read yet is replaced by later progress if nothing was sent between them, so the
 * queue holds at most one for each batch, one behind the last batch, a barrier with one behind it,
 * and the end.
 *
 * <p>A channel that does its work wrongly, to see whether that is noticed, may extend this one.
 */
public class Channel {
  private final int credits;
  private final int batchElements;
  private final Ring<Batch> free;
  private final Ring<Object> queue;
  private final Signal sender;
  private final Signal receiver;

  /** How many elements a batch is to hold when it is sent. Written by the receiver. */
  private volatile int fill;

  /** A credit that the sender took and did not use. Written by the sender. */
  private volatile @Nullable Batch unused;

  /** The last entry of the queue, where that is progress. Sender's. */
  private @Nullable PendingProgress last;

  /**
   * @param credits batches that may be in flight, at least 1
   * @param batchElements elements of a batch, at least 1
   * @param sender raised when a credit comes back
   * @param receiver raised when something was sent
   */
  public Channel(int credits, int batchElements, Signal sender, Signal receiver) {
    if (credits < 1 || batchElements < 1) {
      throw new IllegalArgumentException(
          "a channel needs a credit and room for an element, has "
              + credits
              + ", "
              + batchElements);
    }
    this.credits = credits;
    this.batchElements = batchElements;
    this.sender = sender;
    this.receiver = receiver;
    this.fill = batchElements;
    this.free = new Ring<>(credits);
    this.queue = new Ring<>(2 * credits + 4);
    for (int i = 0; i < credits; i++) {
      free.offer(new Batch(batchElements));
    }
  }

  /** A free batch, which costs a credit; null when there is none. Sender only. */
  @Nullable Batch takeCredit() {
    Batch batch = unused;
    if (batch != null) {
      unused = null;
    } else {
      batch = free.poll();
    }
    if (batch != null) {
      batch.fillTo(fill);
    }
    return batch;
  }

  /**
   * Batches that are begun from now on are full with so many elements; at most what they have room
   * for. Receiver only.
   */
  void fillBatches(int elements) {
    fill = Math.max(1, Math.min(elements, batchElements));
  }

  /** Gives back a credit that was taken, unused; at most one at a time. Sender only. */
  void keepCredit(Batch batch) {
    if (unused != null) {
      throw new IllegalStateException("only one credit can be under way unsent");
    }
    batch.clear();
    unused = batch;
  }

  /** Sends a batch that {@link #takeCredit} gave. Sender only. */
  protected void send(Batch batch) {
    last = null;
    enqueue(batch);
  }

  /** Sends progress, or lets it replace what has not been read yet. Sender only. */
  void send(Control.Progress progress) {
    if (last == null || !last.replace(progress)) {
      last = new PendingProgress(progress);
      enqueue(last);
    }
  }

  /** Sends a barrier; the one before has been read. Sender only. */
  protected void send(Control.Barrier barrier) {
    last = null;
    enqueue(barrier);
  }

  /** Says that nothing follows. Called once. Sender only. */
  protected void send(Control.EndOfInput end) {
    last = null;
    enqueue(end);
  }

  private void enqueue(Object entry) {
    if (!queue.offer(entry)) {
      throw new IllegalStateException("more was sent than there are credits");
    }
    receiver.raise();
  }

  /** The next {@link Batch} or {@link Control}; null when there is none. Receiver only. */
  @Nullable Object poll() {
    Object entry = queue.poll();
    return entry instanceof PendingProgress progress ? progress.take() : entry;
  }

  /** Gives a batch that was read back, and with it its credit. Receiver only. */
  protected void returnCredit(Batch batch) {
    batch.clear();
    if (!free.offer(batch)) {
      throw new IllegalStateException("more credits came back than were granted");
    }
    sender.raise();
  }

  /** Drops what is queued and gives its credits back. Receiver only. */
  void discard() {
    for (Object entry = queue.poll(); entry != null; entry = queue.poll()) {
      if (entry instanceof Batch batch) {
        returnCredit(batch);
      }
    }
  }

  /** Credits that were granted. */
  public int granted() {
    return credits;
  }

  /** Elements that a batch has room for. */
  public int batchElements() {
    return batchElements;
  }

  /** Credits that are free at the moment; any thread, exact when both sides rest. */
  public int freeCredits() {
    return free.size() + (unused == null ? 0 : 1);
  }

  /** Batches and control elements that are queued at the moment; any thread. */
  public int queued() {
    return queue.size();
  }

  /** Progress in the queue, which its sender may replace until it is read. */
  private static final class PendingProgress {
    private final AtomicReference<Control.@Nullable Progress> unread;

    PendingProgress(Control.Progress first) {
      unread = new AtomicReference<>(first);
    }

    /** False when it has been read. Sender only. */
    boolean replace(Control.Progress next) {
      Control.Progress before = unread.get();
      return before != null && unread.compareAndSet(before, next);
    }

    Control.@Nullable Progress take() {
      return unread.getAndSet(null);
    }
  }
}
