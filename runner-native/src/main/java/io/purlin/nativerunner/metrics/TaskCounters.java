package io.purlin.nativerunner.metrics;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the engine counts of one task.
 *
 * <p>Written by the task's thread alone, by ordinary stores; any thread may read.
 */
public final class TaskCounters {
  /**
   * What is counted, by the names that Flink has for it; how often state has touched RocksDB, by
   * those of RocksDB's statistics, which Flink does not have.
   */
  public enum Name {
    /** Elements taken in from exchanges or a source. */
    RECORDS_IN("numRecordsIn"),
    /** Elements sent to exchanges. */
    RECORDS_OUT("numRecordsOut"),
    /** Batches taken in from exchanges. */
    BATCHES_IN("numBuffersInLocal"),
    /** Batches sent to exchanges. */
    BATCHES_OUT("numBuffersOut"),
    /** Milliseconds in which the task did something for a checkpoint instead of its work. */
    CHECKPOINT_MILLIS("checkpointPauseTimeMs"),
    /** Keys that were asked for in RocksDB. */
    KEYS_READ("rocksdb.number.keys.read"),
    /** Of the keys that were asked for, those that were there; RocksDB has this of many at once. */
    KEYS_FOUND("rocksdb.number.keys.found"),
    /** Scans that were begun in RocksDB. */
    SEEKS("rocksdb.number.db.seek"),
    /** Entries that scans have passed. */
    NEXTS("rocksdb.number.db.next"),
    /** Entries that were put into RocksDB or deleted, a range as one. */
    KEYS_WRITTEN("rocksdb.number.keys.written"),
    /** Calls that wrote them, each any number of entries; RocksDB counts those apart that share. */
    WRITES("rocksdb.write.self"),
    /** Ranges that were deleted. */
    RANGE_DELETES("rocksdb.num.range-deletions");

    private final String label;

    Name(String label) {
      this.label = label;
    }

    /** The name for people and dashboards. */
    public String label() {
      return label;
    }
  }

  // Filled once: afterwards only the cells change.
  private final Map<Name, AtomicLong> cells = new EnumMap<>(Name.class);

  TaskCounters() {
    for (Name name : Name.values()) {
      cells.put(name, new AtomicLong());
    }
  }

  private AtomicLong cell(Name name) {
    return Objects.requireNonNull(cells.get(name), name.label);
  }

  /** Adds to a counter. */
  public void add(Name name, long by) {
    AtomicLong cell = cell(name);
    cell.setOpaque(cell.getPlain() + by);
  }

  /** Sets a counter to a sum that is kept elsewhere. */
  public void set(Name name, long value) {
    cell(name).setOpaque(value);
  }

  /** A counter as it stands. Any thread. */
  public long get(Name name) {
    return cell(name).getOpaque();
  }

  /** All counters as they stand. Any thread. */
  public Map<Name, Long> all() {
    Map<Name, Long> found = new EnumMap<>(Name.class);
    cells.forEach((name, cell) -> found.put(name, cell.getOpaque()));
    return found;
  }
}
