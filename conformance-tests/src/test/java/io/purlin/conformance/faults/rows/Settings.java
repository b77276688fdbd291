package io.purlin.conformance.faults.rows;

import java.util.Random;

/**
 * How rows are played.
 *
 * @param kills how often F01 kills the runner
 * @param times how often each kill point is hit
 * @param seed of all chance
 */
public record Settings(int kills, int times, long seed) {
  /** The chance of one row: the same however many others are played. */
  Random random(Row row) {
    return new Random(seed * 31 + row.id().hashCode());
  }

  /** A seed for a round. */
  static long seed(Random random) {
    return random.nextInt(1_000_000);
  }
}
