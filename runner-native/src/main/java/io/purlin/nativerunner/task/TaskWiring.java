package io.purlin.nativerunner.task;

import io.purlin.nativerunner.exchange.ExchangeWriter;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.metrics.TaskCounters;
import io.purlin.nativerunner.metrics.TaskMetrics;
import io.purlin.nativerunner.time.Clock;
import io.purlin.state.cold.ColdAccesses;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a task is connected to.
 *
 * @param writers the exchanges that it writes
 * @param metrics where its steps and the task itself count
 * @param clock processing time
 * @param limits limits that it keeps
 * @param signal what wakes its thread
 * @param seat its part in checkpoints; null in a job without
 * @param state how often its tables have touched RocksDB
 */
public record TaskWiring(
    List<ExchangeWriter> writers,
    TaskMetrics metrics,
    Clock clock,
    TaskLimits limits,
    Signal signal,
    @Nullable CheckpointSeat seat,
    ColdAccesses state) {

  /**
   * Lets others see what was counted.
   *
   * @param batchesIn batches that the task has taken
   */
  void count(long batchesIn) {
    long elements = 0;
    long batches = 0;
    for (ExchangeWriter writer : writers) {
      elements += writer.elements();
      batches += writer.batches();
    }
    TaskCounters counters = metrics.counters();
    counters.set(TaskCounters.Name.BATCHES_IN, batchesIn);
    counters.set(TaskCounters.Name.RECORDS_OUT, elements);
    counters.set(TaskCounters.Name.BATCHES_OUT, batches);
    countState();
  }

  /** Lets others see how often state has touched RocksDB so far. */
  void countState() {
    TaskCounters counters = metrics.counters();
    counters.set(TaskCounters.Name.KEYS_READ, state.keysRead());
    counters.set(TaskCounters.Name.KEYS_FOUND, state.keysFound());
    counters.set(TaskCounters.Name.SEEKS, state.seeks());
    counters.set(TaskCounters.Name.NEXTS, state.nexts());
    counters.set(TaskCounters.Name.KEYS_WRITTEN, state.keysWritten());
    counters.set(TaskCounters.Name.WRITES, state.writes());
    counters.set(TaskCounters.Name.RANGE_DELETES, state.rangeDeletes());
  }
}
