package io.purlin.conformance.faults.rows;

import java.util.Random;

/**
 * How rows are played.
 *
 * @param kills how often F01 kills the runner
 * @param times how often each kill point is hit
 * @param restarts how often F40 lets the job start again, at least 16
 * @param transactions how many F42 lets it commit
 * @param seed of all chance
 */
public record Settings(int kills, int times, int restarts, int transactions, long seed) {
  /** What F40 is meant to do. */
  public static final int RESTARTS = 500;

  /** What F42 is meant to do: more than there are epochs. */
  public static final int TRANSACTIONS = 33_000;

  /** With what F40 and F42 are meant to do. */
  public Settings(int kills, int times, long seed) {
    this(kills, times, RESTARTS, TRANSACTIONS, seed);
  }

  /** The same with other numbers for F40 and F42. */
  public Settings with(int newRestarts, int newTransactions) {
    return new Settings(kills, times, newRestarts, newTransactions, seed);
  }

  /** The chance of one row: the same however many others are played. */
  Random random(Row row) {
    return new Random(seed * 31 + row.id().hashCode());
  }

  /** A seed for a round. */
  static long seed(Random random) {
    return random.nextInt(1_000_000);
  }
}
