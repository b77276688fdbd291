package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.ready.Work;

/**
 * How many elements both sides are given in a run.
 *
 * @param elements of a round
 * @param warmUpElements of a run that is not measured
 */
record Load(long elements, long warmUpElements) {
  /** A text of a gigabyte where other works have 2,000,000 elements. */
  private static final long BYTES_FOR_AN_ELEMENT = 500;

  /**
   * What a work is given beside a peer.
   *
   * @param usual elements of most works
   */
  static Load of(Work work, Peer peer, long usual) {
    boolean loop = peer == Peer.LOOP;
    return switch (work) {
      // What keeps nothing is so fast that compiling would be a part of a short round.
      case Q00, Q01, Q02 -> new Load((peer.isFlinkRunner() ? 2 : 10) * usual, 2 * usual);
      // Long enough for the faster side to take checkpoints, too.
      case KEYED_COUNT_ROCKSDB -> new Load(10 * usual, usual);
      // A second or two would be what compiling and the collector make of it.
      case KEYED_COUNT ->
          peer == Peer.ONE_CORE ? new Load(5 * usual, 2 * usual) : new Load(usual, usual);
      // All users sign up, and two clicks come for each.
      case JOIN -> new Load(usual * 3 / 2, usual / 10);
      // Flink changes the state of sixty windows for each: minutes for what takes us seconds.
      case SLIDING_COUNT -> loop ? new Load(usual, usual) : new Load(usual / 4, usual / 4);
      // FlinkRunner makes the map anew for each.
      case MAP_SIDE_INPUT ->
          loop ? new Load(usual, usual) : new Load(Math.max(10, usual / 1000), 10);
      case WORD_COUNT -> new Load(BYTES_FOR_AN_ELEMENT * usual, BYTES_FOR_AN_ELEMENT * usual / 10);
      default -> new Load(usual, usual);
    };
  }
}
