package io.purlin.state.cold;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How often one task's tables have touched RocksDB, counted where it is touched, in the meaning
 * that RocksDB's own statistics have. What a store does for itself, when it is opened and taken
 * over, counts for no task.
 *
 * <p>Gets and writes are those of the tables' owner, who alone adds to them and asks for them:
 * plain additions. Pages are read by any thread, seldom, and are counted for all of them.
 */
public final class ColdAccesses {
  private final AtomicLong seeks = new AtomicLong();
  private final AtomicLong nexts = new AtomicLong();
  private long keysRead;
  private long keysFound;
  private long keysWritten;
  private long writes;
  private long rangeDeletes;

  /** Keys that were asked for, one by one. */
  public long keysRead() {
    return keysRead;
  }

  /** Of the keys that were asked for, those that were there. */
  public long keysFound() {
    return keysFound;
  }

  /** Iterators that were put in place, one for each page. */
  public long seeks() {
    return seeks.get();
  }

  /** Entries that iterators have passed. */
  public long nexts() {
    return nexts.get();
  }

  /** Entries that were put, deleted, or deleted as a range, of which each is one entry. */
  public long keysWritten() {
    return keysWritten;
  }

  /** Calls that wrote: entries that are put together take one. */
  public long writes() {
    return writes;
  }

  /** Ranges that were deleted. */
  public long rangeDeletes() {
    return rangeDeletes;
  }

  /** A key is asked for. */
  void asked() {
    keysRead++;
  }

  /** The key that was asked for is there. */
  void found() {
    keysFound++;
  }

  /** A page was read. Any thread. */
  void page(int entries) {
    seeks.incrementAndGet();
    nexts.addAndGet(entries);
  }

  /** Entries are written by one call. */
  void write(int entries) {
    writes++;
    keysWritten += entries;
  }

  /** A range is deleted. */
  void deleteRange() {
    rangeDeletes++;
    write(1);
  }
}
