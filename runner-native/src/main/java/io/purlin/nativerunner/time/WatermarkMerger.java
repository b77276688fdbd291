package io.purlin.nativerunner.time;

import java.util.Arrays;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * The watermark of several channels together.
 *
 * <p>merged = max(previous, min over the channels that are neither idle nor ended); when none is
 * left and all have ended, the end of time. A channel ends with the largest watermark. Idle
 * channels alone hold nothing back and move nothing on. Owned by one thread.
 */
public final class WatermarkMerger {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final long[] watermarks;
  private final boolean[] idle;
  private long merged = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  /**
   * @param channels number of channels, at least 1; all start active, at the beginning of time
   */
  public WatermarkMerger(int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException("there must be a channel to merge, are " + channels);
    }
    watermarks = new long[channels];
    Arrays.fill(watermarks, merged);
    idle = new boolean[channels];
  }

  /**
   * A channel's watermark has come; the channel is active from now on. Values that are not larger
   * than the channel's last one are ignored.
   *
   * @return whether the merged watermark has risen
   */
  public boolean watermark(int channel, long millis) {
    long before = watermarks[channel];
    watermarks[channel] = Math.max(before, millis);
    if (!idle[channel] && before > merged) {
      return false; // it was not what held the others back
    }
    idle[channel] = false;
    return merge();
  }

  /**
   * A channel has fallen idle, or come back.
   *
   * @return whether the merged watermark has risen
   */
  public boolean idle(int channel, boolean isIdle) {
    idle[channel] = isIdle;
    return merge();
  }

  /** The merged watermark, in event-time milliseconds; never decreases. */
  public long millis() {
    return merged;
  }

  /** Whether nothing is to be expected for now: every channel that has not ended is idle. */
  public boolean isIdle() {
    boolean anyIdle = false;
    for (int i = 0; i < idle.length; i++) {
      if (watermarks[i] < END) {
        if (!idle[i]) {
          return false;
        }
        anyIdle = true;
      }
    }
    return anyIdle;
  }

  private boolean merge() {
    long least = Long.MAX_VALUE;
    boolean anyIdle = false;
    for (int i = 0; i < watermarks.length; i++) {
      if (watermarks[i] < END) {
        anyIdle |= idle[i];
        least = idle[i] ? least : Math.min(least, watermarks[i]);
      }
    }
    if (least == Long.MAX_VALUE) {
      least = anyIdle ? merged : END;
    }
    if (least <= merged) {
      return false;
    }
    merged = least;
    return true;
  }
}
