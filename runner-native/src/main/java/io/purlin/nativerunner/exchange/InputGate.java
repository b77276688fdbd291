package io.purlin.nativerunner.exchange;

import io.purlin.nativerunner.time.WatermarkMerger;
import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of all channels that lead to a task, of one exchange or of several.
 *
 * <p>Channels are read in turn, a batch each; their watermarks merge. A channel that has ended
 * counts as at the end of time. Owned by the receiving task's thread.
 *
 * <p>Barriers are aligned: a channel whose barrier has come is not read until those of all others
 * have come or they have ended. Then the gate is {@link #alignedBarrier aligned}, gives nothing,
 * and waits for {@link #passBarrier}. A barrier that meets a later one was given up: the channels
 * that it held are read on to the later one. (The algorithm is that of Carbone et al., "Lightweight
 * Asynchronous Snapshots for Distributed Dataflows", 2015.)
 */
public final class InputGate {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  /** No checkpoint has this number. */
  public static final long NO_BARRIER = -1;

  private final Channel[] channels;
  private final WatermarkMerger watermarks;
  private int next;
  private @Nullable Batch reading;
  private int readingFrom;
  private int running;
  private long batches;
  private long elements;
  private final boolean[] held;
  private int heldCount;
  private long barrier = NO_BARRIER;

  /** A gate of at least one channel. */
  public InputGate(List<Channel> channels) {
    if (channels.isEmpty()) {
      throw new IllegalArgumentException("a gate needs a channel");
    }
    this.channels = channels.toArray(Channel[]::new);
    this.running = channels.size();
    this.held = new boolean[this.channels.length];
    this.watermarks = new WatermarkMerger(this.channels.length);
  }

  /**
   * The next batch; null when there is none now, or when the watermark has risen or a barrier is
   * aligned, and what that asks for is to be done before anything that follows. The batch must be
   * given back by {@link #release} before the next call.
   */
  public @Nullable Batch poll() {
    if (reading != null) {
      throw new IllegalStateException("the batch before has not been released");
    }
    for (int i = 0; i < channels.length; i++) {
      int channel = next;
      next = next + 1 == channels.length ? 0 : next + 1;
      if (held[channel]) {
        continue;
      }
      Object entry = channels[channel].poll();
      while (entry instanceof Control control) {
        if (apply(channel, control)) {
          return null;
        }
        entry = held[channel] ? null : channels[channel].poll();
      }
      if (entry instanceof Batch batch) {
        return read(channel, batch);
      }
    }
    return null;
  }

  private Batch read(int channel, Batch batch) {
    watermarks.idle(channel, false);
    reading = batch;
    readingFrom = channel;
    batches++;
    elements += batch.size();
    return batch;
  }

  /** Gives back the batch that {@link #poll} returned, and with it its credit. */
  @SuppressWarnings("ReferenceEquality") // batches are the same or not, never equal
  public void release(Batch batch) {
    if (batch != reading) {
      throw new IllegalStateException("only the batch that was polled last can be released");
    }
    reading = null;
    channels[readingFrom].returnCredit(batch);
  }

  /** Applies a control element; true when the watermark has risen or a barrier is aligned. */
  private boolean apply(int channel, Control control) {
    if (control instanceof Control.Progress progress) {
      boolean risen = watermarks.watermark(channel, progress.watermarkMillis());
      return progress.idle() ? watermarks.idle(channel, true) || risen : risen;
    }
    if (control instanceof Control.Barrier reached) {
      hold(channel, reached.checkpoint());
      return isAligned();
    }
    running--;
    return watermarks.watermark(channel, END) || isAligned();
  }

  private void hold(int channel, long checkpoint) {
    if (checkpoint < barrier) {
      return;
    }
    if (checkpoint > barrier) {
      letGo();
      barrier = checkpoint;
    }
    held[channel] = true;
    heldCount++;
  }

  private boolean isAligned() {
    return heldCount > 0 && heldCount == running;
  }

  /** The checkpoint whose barrier has come on every channel; {@link #NO_BARRIER} when none has. */
  public long alignedBarrier() {
    return isAligned() ? barrier : NO_BARRIER;
  }

  /** What the aligned barrier asks for has been done: reads on behind it. */
  public void passBarrier() {
    if (!isAligned()) {
      throw new IllegalStateException("no barrier is aligned");
    }
    letGo();
    barrier = NO_BARRIER;
  }

  private void letGo() {
    Arrays.fill(held, false);
    heldCount = 0;
  }

  /** Batches that may be in flight to it. */
  int credits() {
    int sum = 0;
    for (Channel channel : channels) {
      sum += channel.granted();
    }
    return sum;
  }

  /** Batches that its senders begin from now on are full with so many elements. */
  void fillBatches(int elements) {
    for (Channel channel : channels) {
      channel.fillBatches(elements);
    }
  }

  /** The watermark of what will still be read, in event-time milliseconds; never decreases. */
  public long watermarkMillis() {
    return watermarks.millis();
  }

  /** Whether every channel has ended: nothing follows. */
  public boolean hasEnded() {
    return running == 0;
  }

  /** Whether nothing is to be expected for now: every channel that has not ended is idle. */
  public boolean isIdle() {
    return watermarks.isIdle();
  }

  /** Batches read since the start. */
  public long batches() {
    return batches;
  }

  /** Elements read since the start. */
  public long elements() {
    return elements;
  }

  /** Drops what is queued and gives all credits back. Nothing may be read afterwards. */
  public void close() {
    Batch batch = reading;
    if (batch != null) {
      release(batch);
    }
    for (Channel channel : channels) {
      channel.discard();
    }
  }
}
