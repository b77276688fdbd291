package io.purlin.benchmarks.growth;

import io.purlin.benchmarks.side.Tally;

/** Numbers that look as if they were drawn, the same in each run. */
final class Spread {
  private Spread() {}

  /**
   * One of {@code [0, size)}, about equally often each.
   *
   * @param size from 1
   */
  static long over(long number, long size) {
    return Math.floorMod(Tally.mix(number), size);
  }
}
