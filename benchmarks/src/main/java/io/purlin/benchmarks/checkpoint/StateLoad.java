package io.purlin.benchmarks.checkpoint;

import java.util.List;

/**
 * What a job with keyed state does.
 *
 * @param backend of its state: heap or rocksdb
 * @param keys number of cells
 * @param valueBytes encoded size of each
 * @param hotKeys how many of them are changed until the next ones are, from 1 to {@code keys}
 * @param hotMillis after which time the next ones are
 */
record StateLoad(String backend, long keys, int valueBytes, long hotKeys, long hotMillis) {
  private static final int VALUE_BYTES = 500;
  private static final int DIRTY_SHARE = 100;
  private static final int SMALL_VALUE_BYTES = 100;
  private static final long SMALL_KEYS = 100_000;

  /** State in RocksDB, of which a hundredth changes in an interval. */
  static StateLoad rocksdb(long stateBytes, long hotMillis) {
    long keys = Math.max(DIRTY_SHARE, stateBytes / VALUE_BYTES);
    return new StateLoad("rocksdb", keys, VALUE_BYTES, keys / DIRTY_SHARE, hotMillis);
  }

  /** State on the heap, of which every cell changes in an interval. */
  static StateLoad heap(long hotMillis) {
    return new StateLoad("heap", SMALL_KEYS, SMALL_VALUE_BYTES, SMALL_KEYS, hotMillis);
  }

  /** Megabytes of all values. */
  long megabytes() {
    return keys * valueBytes / 1_000_000;
  }

  List<String> arguments() {
    return List.of(
        Long.toString(keys),
        Integer.toString(valueBytes),
        Long.toString(hotKeys),
        Long.toString(hotMillis));
  }

  /** The arguments of {@link #arguments}. */
  static StateLoad of(String backend, List<String> arguments) {
    return new StateLoad(
        backend,
        Long.parseLong(arguments.get(0)),
        Integer.parseInt(arguments.get(1)),
        Long.parseLong(arguments.get(2)),
        Long.parseLong(arguments.get(3)));
  }

  /** The key of an element: each once at first, then those that are hot, in turn. */
  long key(long element, long nowMillis) {
    return element < keys
        ? element
        : (nowMillis / hotMillis % keys * hotKeys + element % hotKeys) % keys;
  }
}
