package io.purlin.benchmarks.growth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What grows, and how steeply the cost of an element may grow with it.
 *
 * <p>Where a cost should not grow at all the bar is not 0: a table of 10 million entries does not
 * fit in a cache, and each access that misses costs 100 ns more, which over three powers of ten
 * doubles or triples a cost of 200 to 500 ns: a slope of 0.1 to 0.17. What is wrong is further
 * away: work that is done for each entry on the way of each element has a slope near 1, and one
 * that begins to show at the largest size alone still tilts the line by 0.3 or more.
 */
enum Dimension {
  /** Distinct keys of a count in fixed windows, four elements for each. O(1) and cache misses. */
  KEYS(0.2, 10_000, 100_000, 1_000_000, 10_000_000),
  /**
   * Windows of an element, each a second after the other. O(1): an element changes one slice, a
   * pane merges two sums, however many slices its window has (ADR 10). What a key holds no longer
   * fits in the caches, and one window alone needs no second sum. A change for each window has 0.9.
   */
  WINDOWS(0.25, 1, 10, 60, 600),
  /**
   * Sessions of one key that are open at once; their number over all keys stays the same. O(log):
   * 13 more comparisons at 10,000, of which the last ones miss the cache.
   */
  SESSIONS(0.2, 1, 10, 100, 1_000, 10_000),
  /**
   * Steps of a chain; the cost is that of a step, without what the same pipeline costs that has
   * none. O(1) for a step: a long chain is cut into stretches, each of which costs what a short
   * chain does. What is left is where cuts and the compiler's own limits happen to fall. A chain
   * that is not cut, and whose code each element needs anew, has 0.4.
   */
  STEPS(0.2, 10, 30, 100, 400),
  /**
   * Entries of a side input that is a map, in which each element looks up one. O(1) and cache
   * misses: of a map's entry, key and value, beside which an element costs less than elsewhere.
   */
  SIDE_INPUT(0.25, 100, 1_000, 10_000, 100_000, 1_000_000),
  /** Values of a key that are grouped and read once. O(1) and cache misses. */
  VALUES(0.15, 100, 1_000, 10_000, 100_000, 1_000_000),
  /**
   * Cells of state of 100 bytes, of which the same thousand change, with a checkpoint each 200 ms,
   * whose writing counts. O(changed cells).
   */
  STATE(0.15, 10_000, 100_000, 1_000_000, 3_000_000),
  /**
   * Tasks of each step of a count. From two on, for one task has no exchange. Eight tasks on two
   * cores may have a tenth less throughput than two: a slope of 0.08.
   */
  PARALLELISM(0.08, 2, 4, 8),
  /**
   * Partitions of a topic that one task reads; their records together stay the same. O(1) for a
   * record. The consumer goes through all partitions for each fetch and each 500 records, and what
   * it fetches of each becomes less: a fifth for ten times as many at most.
   */
  PARTITIONS(0.08, 1, 4, 16, 64, 256),
  /**
   * Timers of one key, one of which each element sets anew; their number over all keys stays the
   * same. O(log) at most, and cache misses.
   */
  TIMERS(0.2, 1, 10, 100, 1_000, 10_000);

  private final double bar;

  @SuppressWarnings("ImmutableEnumChecker") // nobody writes it
  private final long[] sizes;

  Dimension(double bar, long... sizes) {
    this.bar = bar;
    this.sizes = sizes;
  }

  /** The greatest slope that is allowed. */
  double bar() {
    return bar;
  }

  /**
   * What it grows through, in order.
   *
   * @param largest sizes above it are left out
   */
  List<Long> sizes(long largest) {
    return Arrays.stream(sizes).filter(size -> size <= largest).boxed().toList();
  }

  /**
   * Whether what counts is the time of all processors: it is nearly the same beside other programs.
   * Not that of tasks which may stand in each other's way: waiting takes no processor.
   */
  boolean countsProcessorTime() {
    return this != PARALLELISM;
  }

  /** Whether it needs a broker. */
  boolean readsTopics() {
    return this == PARTITIONS;
  }

  /** Whether the cost of size 0 is taken away from that of each. */
  boolean hasBase() {
    return this == STEPS;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
