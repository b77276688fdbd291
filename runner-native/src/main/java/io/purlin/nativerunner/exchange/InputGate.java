package io.purlin.nativerunner.exchange;

import java.util.Arrays;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * The receiving end of all channels that lead to a task.
 *
 * <p>Channels are read in turn, a batch each. Watermark = min over the channels; one that has ended
 * counts as at its end. Owned by the receiving task's thread.
 */
public final class InputGate {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final Channel[] channels;
  private final long[] watermarks;
  private int next;
  private int reading = -1;
  private long watermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /** A gate of at least one channel. */
  public InputGate(List<Channel> channels) {
    this.channels = channels.toArray(Channel[]::new);
    this.watermarks = new long[this.channels.length];
    Arrays.fill(watermarks, watermark);
  }

  /**
   * The next batch; null when there is none now. Control elements on the way to it take effect. The
   * batch must be given back by {@link #release} before the next call.
   */
  public @Nullable Batch poll() {
    for (int i = 0; i < channels.length; i++) {
      int channel = next;
      next = next + 1 == channels.length ? 0 : next + 1;
      Object entry = channels[channel].poll();
      while (entry instanceof Control control) {
        if (apply(channel, control)) {
          // What a watermark completes is to be done before anything that follows it.
          return null;
        }
        entry = channels[channel].poll();
      }
      if (entry != null) {
        reading = channel;
        return (Batch) entry;
      }
    }
    return null;
  }

  /** Gives back the batch that {@link #poll} returned, and with it its credit. */
  public void release(Batch batch) {
    channels[reading].returnCredit(batch);
    reading = -1;
  }

  private boolean apply(int channel, Control control) {
    watermarks[channel] = control instanceof Control.Watermark next ? next.millis() : END;
    long lowest = Long.MAX_VALUE;
    for (long each : watermarks) {
      lowest = Math.min(lowest, each);
    }
    if (lowest <= watermark) {
      return false;
    }
    watermark = lowest;
    return true;
  }

  /** The watermark of what will still be read, in event-time milliseconds; never decreases. */
  public long watermarkMillis() {
    return watermark;
  }
}
