package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import java.util.ArrayDeque;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of one channel. Owned by the sending task's thread.
 *
 * <p>Order is kept: while something has overflowed, everything that follows overflows behind it.
 * Only elements overflow, and what stands behind them; a batch that is being filled has its credit
 * already, so that control elements never wait for one.
 */
final class ChannelWriter {
  /** An element that found no credit. */
  private record Overflowed(
      @Nullable Object value,
      long timestampMillis,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane,
      Marks marks) {}

  private final Channel channel;
  private final Backpressure backpressure;
  private final CurrentElement replayed = new CurrentElement();
  private final ArrayDeque<Object> overflow = new ArrayDeque<>();
  private @Nullable Batch filling;
  private long batches;

  ChannelWriter(Channel channel, Backpressure backpressure) {
    this.channel = channel;
    this.backpressure = backpressure;
  }

  void add(@Nullable Object value, CurrentElement current) {
    if (overflow.isEmpty()) {
      Batch batch = filling != null ? filling : takeCredit();
      if (batch != null) {
        fill(batch, value, current);
        return;
      }
    }
    overflow.add(
        new Overflowed(
            value, current.timestampMillis(), current.windows(), current.pane(), current.marks()));
  }

  private void fill(Batch batch, @Nullable Object value, CurrentElement current) {
    batch.add(value, current);
    if (batch.isFull()) {
      filling = null;
      send(batch);
    } else {
      filling = batch;
    }
  }

  private @Nullable Batch takeCredit() {
    Batch batch = channel.takeCredit();
    while (batch == null && backpressure.awaitCredit()) {
      batch = channel.takeCredit();
    }
    return batch;
  }

  void flush() {
    Batch batch = filling;
    if (batch != null) {
      filling = null;
      send(batch);
    }
  }

  private void send(Batch batch) {
    batches++;
    channel.send(batch);
  }

  void progress(Control.Progress progress) {
    if (overflow.isEmpty()) {
      flush();
      channel.send(progress);
      return;
    }
    if (overflow.peekLast() instanceof Control.Progress) {
      overflow.removeLast();
    }
    overflow.add(progress);
  }

  void barrier(Control.Barrier barrier) {
    if (overflow.isEmpty()) {
      flush();
      channel.send(barrier);
    } else {
      overflow.add(barrier);
    }
  }

  void endOfInput() {
    Control.EndOfInput end = new Control.EndOfInput();
    if (overflow.isEmpty()) {
      flush();
      channel.send(end);
    } else {
      overflow.add(end);
    }
  }

  /** Sends what has overflowed as far as credits go; true when nothing is left. */
  boolean drainOverflow() {
    while (!overflow.isEmpty()) {
      if (!sendOverflowed(overflow.getFirst())) {
        return false;
      }
      overflow.removeFirst();
    }
    return true;
  }

  private boolean sendOverflowed(Object next) {
    if (next instanceof Overflowed element) {
      return fillOverflowed(element);
    }
    flush();
    if (next instanceof Control.Progress progress) {
      channel.send(progress);
    } else if (next instanceof Control.Barrier barrier) {
      channel.send(barrier);
    } else {
      channel.send((Control.EndOfInput) next);
    }
    return true;
  }

  private boolean fillOverflowed(Overflowed element) {
    Batch batch = filling != null ? filling : channel.takeCredit();
    if (batch == null) {
      return false;
    }
    replayed.set(element.timestampMillis(), element.windows(), element.pane(), element.marks());
    fill(batch, element.value(), replayed);
    return true;
  }

  /** Elements and control elements that wait in memory for a credit. */
  int overflowed() {
    return overflow.size();
  }

  /** Batches sent since the start. */
  long batches() {
    return batches;
  }

  /** Drops what was not sent; the credit it had is free again. */
  void close() {
    overflow.clear();
    Batch batch = filling;
    if (batch != null) {
      filling = null;
      channel.keepCredit(batch);
    }
  }
}
