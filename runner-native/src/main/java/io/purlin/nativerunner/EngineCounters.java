package io.purlin.nativerunner;

import java.util.Map;

/** What the result of a pipeline on this runner tells besides Beam's metrics. */
public interface EngineCounters {
  /**
   * What the engine has counted in all tasks together since the job was started last, by the names
   * that Flink and RocksDB have for it, such as {@code numRecordsIn} and {@code
   * rocksdb.number.keys.read}. Soon after it was counted, and exactly once the pipeline has ended.
   * Any thread.
   */
  Map<String, Long> counters();
}
