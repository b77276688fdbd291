package io.purlin.nativerunner.metrics;

/**
 * How a task spends its time: it is idle, waits for a credit, or else is busy.
 *
 * <p>Written by the task's thread when one of these ends and another begins; any thread may ask for
 * the split, and gets a wait that is still going on as far as it has come. All times are
 * milliseconds of one clock. Invariant: idle + backpressured + busy = time since the start.
 */
public final class TaskTimes {
  /** Why a task does not work. */
  public enum Wait {
    /** There is nothing to do. */
    IDLE,
    /** What it has done cannot be sent. */
    BACKPRESSURED
  }

  /**
   * Milliseconds since the start.
   *
   * @param idle in which there was nothing to do
   * @param backpressured in which the task waited for a credit
   * @param busy all others
   */
  public record Split(long idle, long backpressured, long busy) {}

  /** What has not happened has happened at this time. */
  public static final long NEVER = Long.MIN_VALUE;

  private final LongCell startedAt = new LongCell(NEVER);
  private final LongCell openedAt = new LongCell(NEVER);
  private final LongCell closedAt = new LongCell(NEVER);
  private final LongCell finished = new LongCell(0);

  /**
   * The sum of a kind's waits. While one is going on: sum - (milliseconds from the start to its
   * beginning) - 1, which is below 0. So a single cell tells both, and no reader can see the one
   * without the other.
   */
  private final LongCell idle = new LongCell(0);

  private final LongCell backpressured = new LongCell(0);

  TaskTimes() {}

  private LongCell cell(Wait wait) {
    return wait == Wait.IDLE ? idle : backpressured;
  }

  /** The task begins to open. */
  public void started(long nowMillis) {
    startedAt.set(nowMillis);
  }

  /** The task is open. */
  public void opened(long nowMillis) {
    openedAt.set(nowMillis);
  }

  /**
   * The task is closed.
   *
   * @param cameToItsEnd whether there was nothing left to do
   */
  public void closed(long nowMillis, boolean cameToItsEnd) {
    finished.set(cameToItsEnd ? 1 : 0);
    closedAt.set(nowMillis);
  }

  /** A wait begins. */
  public void begins(Wait wait, long nowMillis) {
    LongCell cell = cell(wait);
    cell.set(cell.own() - (nowMillis - startedAt.own()) - 1);
  }

  /** The wait that has begun last is over. */
  public void ends(Wait wait, long nowMillis) {
    LongCell cell = cell(wait);
    cell.set(cell.own() + 1 + (nowMillis - startedAt.own()));
  }

  /** When the task began to open, or {@link #NEVER}. Any thread. */
  public long startedAt() {
    return startedAt.get();
  }

  /** When the task was open, or {@link #NEVER}. Any thread. */
  public long openedAt() {
    return openedAt.get();
  }

  /** When the task was closed, or {@link #NEVER}. Any thread. */
  public long closedAt() {
    return closedAt.get();
  }

  /** Whether a task that is closed had come to its end. Any thread. */
  public boolean cameToItsEnd() {
    return finished.get() == 1;
  }

  /** The time since the start, at most until the end. Any thread. */
  public Split split(long nowMillis) {
    long start = startedAt.get();
    if (start == NEVER) {
      return new Split(0, 0, 0);
    }
    long end = closedAt.get();
    long elapsed = Math.max(0, (end == NEVER ? nowMillis : end) - start);
    long waitedIdle = Math.min(elapsed, sum(idle, elapsed));
    long waitedForCredit = Math.min(elapsed - waitedIdle, sum(backpressured, elapsed));
    return new Split(waitedIdle, waitedForCredit, elapsed - waitedIdle - waitedForCredit);
  }

  private static long sum(LongCell cell, long elapsed) {
    long value = cell.get();
    return Math.max(0, value < 0 ? value + 1 + elapsed : value);
  }
}
