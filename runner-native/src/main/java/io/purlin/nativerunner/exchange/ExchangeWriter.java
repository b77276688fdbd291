package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sending end of an exchange: partitions elements and collects them in a batch for each
 * channel.
 *
 * <p>A batch is sent when it is full, when the task has nothing else to do, or when its first
 * element has waited for the buffer timeout. Owned by the sending task's thread.
 */
public final class ExchangeWriter implements Receiver {
  private final CurrentElement current;
  private final Partitioner partitioner;
  private final ChannelWriter[] channels;
  private final long timeoutMillis;
  private long elements;
  private long oldestSince = Long.MAX_VALUE;
  private boolean pending;

  /**
   * @param current metadata of the elements that come in
   * @param partitioner chooses the channel
   * @param channels the channels, one for each task of the receiver or just one
   * @param backpressure what to do without credit
   * @param timeoutMillis how long an element may wait for its batch to fill
   */
  public ExchangeWriter(
      CurrentElement current,
      Partitioner partitioner,
      List<Channel> channels,
      Backpressure backpressure,
      long timeoutMillis) {
    this.current = current;
    this.partitioner = partitioner;
    this.timeoutMillis = timeoutMillis;
    this.channels =
        channels.stream()
            .map(channel -> new ChannelWriter(channel, backpressure))
            .toArray(ChannelWriter[]::new);
  }

  @Override
  public void receive(@Nullable Object value) {
    elements++;
    pending = true;
    channels[partitioner.channelOf(value)].add(value, current);
  }

  /** Sends the watermark on every channel, behind the elements received before it. */
  public void watermark(long millis) {
    for (ChannelWriter channel : channels) {
      channel.watermark(millis);
    }
    pending = false;
    oldestSince = Long.MAX_VALUE;
  }

  /** Sends everything, then says on every channel that nothing follows. */
  public void endOfInput() {
    for (ChannelWriter channel : channels) {
      channel.endOfInput();
    }
  }

  /** Sends partial batches. */
  public void flush() {
    if (pending) {
      for (ChannelWriter channel : channels) {
        channel.flush();
      }
      pending = false;
      oldestSince = Long.MAX_VALUE;
    }
  }

  /** Sends partial batches once the oldest of their elements has waited for the timeout. */
  public void flushExpired(long nowMillis) {
    if (!pending) {
      return;
    }
    if (oldestSince == Long.MAX_VALUE) {
      oldestSince = nowMillis;
    }
    if (nowMillis - oldestSince >= timeoutMillis) {
      flush();
    }
  }

  /** Sends what found no credit or room before; false while some of it still finds none. */
  public boolean drainOverflow() {
    boolean drained = true;
    for (ChannelWriter channel : channels) {
      drained &= channel.drainOverflow();
    }
    return drained;
  }

  /** Elements received since the start. */
  public long elements() {
    return elements;
  }
}
