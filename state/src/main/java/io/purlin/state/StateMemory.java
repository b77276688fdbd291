package io.purlin.state;

import io.purlin.state.cold.ColdAccesses;
import io.purlin.state.cold.ColdStore;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes of a job's cells are live, and where those go that are too many.
 *
 * <p>Each table has an account. While all together are within the limit, none has to give anything
 * up; when they are not, those give way that have more than limit / number of tables, at their next
 * safe point. Used by the threads of all tasks; lives as long as an attempt to run the job.
 */
public final class StateMemory implements AutoCloseable {
  private static final long MOST_HEADROOM = 1 << 20;

  private final long limitBytes;
  private final @Nullable ColdStore cold;
  private final @Nullable ColdStore kept;
  private final AtomicLong used;
  private final AtomicInteger accounts;
  private final int task;
  private final ColdAccesses accesses = new ColdAccesses();
  private final AtomicLong liveCells = new AtomicLong();
  private final AtomicLong fetches = new AtomicLong();
  private final AtomicLong hits = new AtomicLong();

  private StateMemory(long limitBytes, @Nullable ColdStore cold, @Nullable ColdStore kept) {
    this.limitBytes = limitBytes;
    this.cold = cold;
    this.kept = kept;
    this.used = new AtomicLong();
    this.accounts = new AtomicInteger();
    this.task = 0;
  }

  private StateMemory(StateMemory whole, int task) {
    this.limitBytes = whole.limitBytes;
    this.cold = whole.cold;
    this.kept = whole.kept;
    this.used = whole.used;
    this.accounts = whole.accounts;
    this.task = task;
  }

  /** Every cell stays live, and nobody counts. */
  public static StateMemory unlimited() {
    return new StateMemory(Long.MAX_VALUE, null, null);
  }

  /**
   * The same for a job whose state was beyond the heap before.
   *
   * @param kept made from a copy of that, to be read; closed with this
   */
  public static StateMemory unlimited(ColdStore kept) {
    return new StateMemory(Long.MAX_VALUE, null, kept);
  }

  /**
   * A limited number of bytes; what is beyond goes to a store.
   *
   * @param limitBytes estimated bytes of live cells, at least 1
   * @param cold takes what does not fit; closed with this
   */
  public static StateMemory limited(long limitBytes, ColdStore cold) {
    return new StateMemory(limitBytes, cold, cold);
  }

  /** The same memory, as one task uses it, which is one of parallel ones; from 0. */
  public StateMemory ofTask(int index) {
    return new StateMemory(this, index);
  }

  /** How often the tables of the task that uses it have touched the store. That task's thread. */
  public ColdAccesses accesses() {
    return accesses;
  }

  /** Which of the parallel tasks uses it. */
  int task() {
    return task;
  }

  /** Where cells go that do not fit; null when all do. */
  public @Nullable ColdStore cold() {
    return cold;
  }

  /** What was beyond the heap in an earlier run, where a copy of that was kept; null: nothing. */
  public @Nullable ColdStore kept() {
    return kept;
  }

  /** All tasks have taken over or read what they need of an earlier run. */
  public void restored() throws IOException {
    if (cold != null) {
      cold.takenOver();
    } else if (kept != null) {
      kept.close();
    }
  }

  /** How many bytes may be live, estimated. */
  public long limitBytes() {
    return limitBytes;
  }

  /** Bytes of live cells of all tasks, estimated; 0 where nobody counts. Any thread. */
  public long usedBytes() {
    return Math.max(0, used.get());
  }

  /** Cells on the heap in the tables that were made with this very object. Any thread. */
  public long liveCells() {
    return liveCells.getOpaque();
  }

  /** How often a cell of these tables had to be fetched from beyond the heap. Any thread. */
  public long fetches() {
    return fetches.getOpaque();
  }

  /**
   * How often a cell of these tables was on the heap when it was asked for, counted where not all
   * cells need be; up to some hundreds late. Any thread.
   */
  public long hits() {
    return hits.getOpaque();
  }

  /** Cells were on the heap when they were asked for. The thread of the tables only. */
  void found(int cells) {
    hits.setOpaque(hits.getPlain() + cells);
  }

  /** Cells have come to the heap, or, below 0, have left it. The thread of the tables only. */
  void live(long change) {
    liveCells.setOpaque(liveCells.getPlain() + change);
  }

  /** A cell had to be fetched. The thread of the tables only. */
  void fetched() {
    fetches.setOpaque(fetches.getPlain() + 1);
  }

  /** An account for one more table. */
  Account account() {
    accounts.incrementAndGet();
    return new Account();
  }

  @Override
  public void close() throws IOException {
    if (kept != null) {
      kept.close();
    }
  }

  /** The bytes of one table's live cells. Owned by the table's thread. */
  final class Account {
    private final long granule = Math.max(1, Math.min(limitBytes >> 10, 1 << 16));
    private long bytes;
    private long published;

    void add(long change) {
      bytes += change;
      if (Math.abs(bytes - published) >= granule) {
        used.addAndGet(bytes - published);
        published = bytes;
      }
    }

    /** Bytes of this table. */
    long bytes() {
      return bytes;
    }

    /** How many bytes of the limit are this table's, if all are to have the same. */
    long share() {
      return limitBytes / accounts.get();
    }

    /** How many bytes this table should give up now. */
    long excess() {
      long over = used.get() - limitBytes;
      if (over <= 0) {
        return 0;
      }
      long aboveShare = bytes - share();
      if (aboveShare <= 0) {
        return 0;
      }
      // Some more than needed, so that the next cell does not have to give way at once.
      return Math.min(aboveShare, over) + Math.min(limitBytes / 8, MOST_HEADROOM);
    }
  }
}
