package io.purlin.conformance.faults.pipeline;

import org.apache.beam.sdk.values.KV;

/** One result of a key: key and value of a record of the output topic. */
public final class ResultLine {
  /** Running count and sum. */
  public static final String TOTAL = "total";

  /** A hash over all totals so far. */
  public static final String HASH = "hash";

  /** How many records a window has. */
  public static final String WINDOW = "window";

  /** The sum of a window's amounts, when its event-time timer fired. */
  public static final String TIMER = "timer";

  /** Length of the windows, in milliseconds of event time. */
  public static final long WINDOW_MILLIS = 1_000;

  private ResultLine() {}

  /** The key of a kind of results of a key. All of them are in one partition, in order. */
  public static String key(String kind, String key) {
    return kind + "|" + key;
  }

  /**
   * The text of a result.
   *
   * @param index grows from one result of a kind and key to the next
   */
  public static String value(long index, long result) {
    return index + " " + result;
  }

  static KV<String, String> of(String kind, String key, long index, long result) {
    return KV.of(key(kind, key), value(index, result));
  }

  /** What the hash over totals becomes with the next. */
  public static long nextHash(long hash, long count, long sum) {
    return (hash * 31 + count) * 31 + sum;
  }
}
