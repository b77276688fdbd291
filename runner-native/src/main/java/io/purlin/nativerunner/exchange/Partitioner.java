package io.purlin.nativerunner.exchange;

import org.jspecify.annotations.Nullable;

/** Chooses the channel of an element. Owned by the sending task's thread. */
public interface Partitioner {
  /** Index of the channel, from 0. */
  int channelOf(@Nullable Object value);

  /** Everything to one channel. */
  static Partitioner to(int channel) {
    return value -> channel;
  }

  /**
   * To each channel in turn.
   *
   * @param channels how many there are
   * @param first where to begin, so that several senders do not begin at the same one
   */
  static Partitioner inTurn(int channels, int first) {
    int[] next = {Math.floorMod(first, channels)};
    return value -> {
      int channel = next[0];
      next[0] = channel + 1 == channels ? 0 : channel + 1;
      return channel;
    };
  }
}
