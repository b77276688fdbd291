package io.purlin.nativerunner.operator;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Whose turn it is among the shards of a key: as many elements in a row go to one as make a batch,
 * whichever task they come from, so that batches fill up.
 *
 * <p>Keys share a bounded number of counters: where two have the same one, a batch of one key takes
 * more than one turn to fill.
 *
 * <p>A restart finds batches open, and those of several shards where the tasks came to the barrier
 * at different times: what they lack comes first, then the shards take turns again. Shared by all
 * tasks of a step in one attempt; any thread, but {@link #open} only before the first element of
 * any task.
 */
final class ShardTurns {
  /** Number of counters. */
  static final int COUNTERS = 1 << 10;

  private final AtomicLongArray counted = new AtomicLongArray(COUNTERS);
  private final AtomicReferenceArray<long[]> openTurns = new AtomicReferenceArray<>(COUNTERS);
  private final int shards;
  private final long turn;

  /**
   * @param shards of each key, at least 1
   * @param turn elements of a turn, at least 1
   */
  ShardTurns(int shards, long turn) {
    this.shards = shards;
    this.turn = turn;
  }

  /** Elements of a turn. */
  long turn() {
    return turn;
  }

  /** The counter of a key. */
  static int counter(int keyHash) {
    return (keyHash ^ keyHash >>> 16) & (COUNTERS - 1);
  }

  /** The shard of the next element of a counter's keys, from 0. */
  int next(int counter) {
    long number = counted.getAndIncrement(counter);
    long[] open = openTurns.get(counter);
    if (open != null) {
      for (int shard = 0; shard < open.length; shard++) {
        number -= (turn - open[shard]) % turn;
        if (number < 0) {
          return shard;
        }
      }
    }
    return (int) (number / turn % shards);
  }

  /**
   * An earlier task has sent elements that the next turns are to make full; what several tasks have
   * sent adds up.
   *
   * @param counter of their keys
   * @param shard where they went; there may be fewer now
   * @param elements at least 0
   */
  void open(int counter, int shard, long elements) {
    openTurns.updateAndGet(
        counter,
        before -> {
          long[] open = before == null ? new long[shard + 1] : before;
          long[] after = Arrays.copyOf(open, Math.max(open.length, shard + 1));
          after[shard] = (after[shard] + elements) % turn;
          return after;
        });
  }
}
