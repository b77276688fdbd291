package io.purlin.benchmarks.comparison;

import io.purlin.benchmarks.ready.Work;

/**
 * What is asked for: how many times a peer's throughput ours must be, warm, on two cores. For
 * FlinkRunner it is the same with either settings, as it counts against the better.
 */
final class Bars {
  private Bars() {}

  /** The least ratio; 0 where nothing is asked for of the pair. */
  static double least(Work work, Peer peer) {
    return switch (peer) {
      case LOOP -> besideLoop(work);
      case FLINK -> besideFlink(work);
      case FLINK_RUNNER, FLINK_RUNNER_DEFAULTS -> besideFlinkRunner(work);
      case UNIFORM -> 0.8;
      case ONE_CORE -> 1.7;
    };
  }

  /** The least ratio beside Kafka Streams. */
  static double leastBesideStreams() {
    return 5;
  }

  private static double besideLoop(Work work) {
    return switch (work) {
      case Q00, Q01, Q02, WORD_COUNT -> 0.5;
      case KEYED_COUNT -> 0.45;
      case SLIDING_COUNT, MAP_SIDE_INPUT -> 0.4;
      default -> 0;
    };
  }

  private static double besideFlink(Work work) {
    return switch (work) {
      case Q00, Q01, Q02 -> 1.3;
      case KEYED_COUNT, WORD_COUNT -> 1.2;
      case KEYED_COUNT_ROCKSDB -> 6;
      case SLIDING_COUNT -> 8;
      case JOIN -> 3;
      default -> 0;
    };
  }

  private static double besideFlinkRunner(Work work) {
    return switch (work) {
      case Q00, Q01, Q02 -> 6;
      case KEYED_COUNT -> 8;
      case KEYED_COUNT_ROCKSDB -> 25;
      case SLIDING_COUNT -> 30;
      case WORD_COUNT -> 4;
      case JOIN -> 8;
      case MAP_SIDE_INPUT -> 500;
      case HOT_KEY -> 10;
      // Of the queries that keep something, the geometric mean is asked for.
      default -> 0;
    };
  }
}
