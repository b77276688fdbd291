package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
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
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
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

  /**
   * @throws StoppedException when the job is told to stop while it waits for a credit
   */
  @Override
  public void receive(@Nullable Object value) {
    elements++;
    pending = true;
    channels[partitioner.channelOf(value)].add(value, current);
  }

  /** Sends the watermark on every channel, behind the elements received before it. */
  public void watermark(long millis) {
    watermark = millis;
    progress(false);
  }

  /**
   * Sends everything, then says on every channel that nothing is to be expected for now. The next
   * element or watermark ends that.
   */
  public void idle() {
    progress(true);
  }

  private void progress(boolean idle) {
    Control.Progress progress = new Control.Progress(watermark, idle);
    for (ChannelWriter channel : channels) {
      channel.progress(progress);
    }
    nothingPending();
  }

  /** Sends everything, then the barrier of a checkpoint on every channel. */
  public void barrier(long checkpoint) {
    Control.Barrier barrier = new Control.Barrier(checkpoint);
    for (ChannelWriter channel : channels) {
      channel.barrier(barrier);
    }
    nothingPending();
  }

  /** Sends everything, then says on every channel that nothing follows. Called once. */
  public void endOfInput() {
    for (ChannelWriter channel : channels) {
      channel.endOfInput();
    }
    nothingPending();
  }

  /** Sends partial batches. */
  public void flush() {
    if (pending) {
      for (ChannelWriter channel : channels) {
        channel.flush();
      }
      nothingPending();
    }
  }

  private void nothingPending() {
    pending = false;
    oldestSince = Long.MAX_VALUE;
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

  /** Sends what found no credit before, of all writers; false while some of it still finds none. */
  public static boolean drainOverflow(List<ExchangeWriter> writers) {
    boolean drained = true;
    for (ExchangeWriter writer : writers) {
      drained &= writer.drainOverflow();
    }
    return drained;
  }

  /** Sends what found no credit before; false while some of it still finds none. */
  public boolean drainOverflow() {
    boolean drained = true;
    for (ChannelWriter channel : channels) {
      drained &= channel.drainOverflow();
    }
    return drained;
  }

  /** Whether elements wait in memory for a credit, so that the task must take no new input. */
  public boolean isBlocked() {
    for (ChannelWriter channel : channels) {
      if (channel.overflowed() > 0) {
        return true;
      }
    }
    return false;
  }

  /** Elements received since the start. */
  public long elements() {
    return elements;
  }

  /** Batches sent since the start. */
  public long batches() {
    long sum = 0;
    for (ChannelWriter channel : channels) {
      sum += channel.batches();
    }
    return sum;
  }

  /** Drops what was not sent and gives its credits back. Nothing may be sent afterwards. */
  public void close() {
    for (ChannelWriter channel : channels) {
      channel.close();
    }
    nothingPending();
  }
}
