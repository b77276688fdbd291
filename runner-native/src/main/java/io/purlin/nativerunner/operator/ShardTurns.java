package io.purlin.nativerunner.operator;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Whose turn it is among the shards of a key: as many elements in a row go to one as make a batch,
 * whichever task they come from, so that batches fill up.
 *
 * <p>Keys share a bounded number of counters: where two have the same one, a batch of one key takes
 * more than one turn to fill. Shared by all tasks of a step; any thread.
 */
public final class ShardTurns {
  private static final int COUNTERS = 1 << 10;

  private final AtomicLongArray counted = new AtomicLongArray(COUNTERS);
  private final int shards;
  private final long turn;

  /**
   * @param shards of each key, at least 1
   * @param turn elements of a turn, at least 1
   */
  public ShardTurns(int shards, long turn) {
    this.shards = shards;
    this.turn = turn;
  }

  /** The shard of the next element of a key, from 0. */
  int next(int keyHash) {
    int counter = (keyHash ^ keyHash >>> 16) & (COUNTERS - 1);
    return (int) (counted.getAndIncrement(counter) / turn % shards);
  }
}
