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
  /** What is counted, by the names that Flink has for it. */
  public enum Name {
    /** Elements taken in from exchanges or a source. */
    RECORDS_IN("numRecordsIn"),
    /** Elements sent to exchanges. */
    RECORDS_OUT("numRecordsOut"),
    /** Batches taken in from exchanges. */
    BATCHES_IN("numBuffersInLocal"),
    /** Batches sent to exchanges. */
    BATCHES_OUT("numBuffersOut"),
    /** Milliseconds in which there was nothing to do. */
    IDLE_MILLIS("accumulateIdleTimeMs"),
    /** Milliseconds in which the task waited for a credit. */
    BACKPRESSURED_MILLIS("accumulateBackPressuredTimeMs"),
    /** Milliseconds since the start that were neither idle nor backpressured. */
    BUSY_MILLIS("accumulateBusyTimeMs");

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
