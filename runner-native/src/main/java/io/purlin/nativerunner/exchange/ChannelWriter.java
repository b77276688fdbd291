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
    filling = batch;
    if (batch.isFull()) {
      flush();
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
    if (filling != null) {
      channel.send(filling);
      filling = null;
    }
  }

  void watermark(long millis) {
    flush();
    // Of watermarks that wait with nothing between them, the last says it all.
    if (overflow.peekLast() instanceof Control.Watermark) {
      overflow.removeLast();
    }
    control(new Control.Watermark(millis));
  }

  void endOfInput() {
    flush();
    control(new Control.EndOfInput());
  }

  private void control(Control control) {
    if (!overflow.isEmpty() || !channel.trySend(control)) {
      overflow.add(control);
    }
  }

  /** Sends what has overflowed as far as credits go; true when nothing is left. */
  boolean drainOverflow() {
    while (!overflow.isEmpty()) {
      Object next = overflow.peek();
      if (!(next instanceof Control control ? sendOverflowed(control) : send((Overflowed) next))) {
        return false;
      }
      overflow.remove();
    }
    return true;
  }

  private boolean sendOverflowed(Control control) {
    flush();
    return channel.trySend(control);
  }

  private boolean send(Overflowed element) {
    Batch batch = filling != null ? filling : channel.takeCredit();
    if (batch == null) {
      return false;
    }
    replayed.set(element.timestampMillis(), element.windows(), element.pane(), element.marks());
    fill(batch, element.value(), replayed);
    return true;
  }
}
