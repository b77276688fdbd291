package io.purlin.conformance.crash;

import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a run lives long enough for its crash: until then sources give a few elements
 * between checkpoints, and none comes to its end. Counts the run's checkpoints and says when to
 * crash.
 *
 * <p>Written by the thread that runs the job, read by its tasks' threads. Lives as long as a run.
 */
final class Pace {
  private final CrashSchedule schedule;
  private final @Nullable CrashPoint crash;
  private int written;
  private volatile int commits;
  private volatile boolean doomed;

  /**
   * @param crash where the run is to crash; null: it is not held up
   */
  Pace(CrashSchedule schedule, @Nullable CrashPoint crash) {
    this.schedule = schedule;
    this.crash = crash;
  }

  /** Whether a source may do as it likes. */
  boolean isFree() {
    return crash == null;
  }

  /** How many elements a source may have given in this run. */
  long allowed() {
    return isFree()
        ? Long.MAX_VALUE
        : schedule.firstElements() + (long) schedule.elementsPerCheckpoint() * commits;
  }

  /** A source reads on. */
  void readingOn() {
    if (doomed && crash != null) {
      throw new InjectedCrash(crash.toString());
    }
  }

  /** A checkpoint is about to be written. */
  void writes() {
    written++;
    if (is(CrashPoint.Moment.BEFORE_WRITE, written)) {
      throw new InjectedCrash(crash + "");
    }
  }

  /** A checkpoint is about to be committed. */
  void commits() {
    if (is(CrashPoint.Moment.BEFORE_COMMIT, written)) {
      throw new InjectedCrash(crash + "");
    }
  }

  /** A checkpoint was committed. */
  void committed() {
    int now = commits + 1;
    commits = now;
    if (is(CrashPoint.Moment.AFTER_COMMIT, now)) {
      throw new InjectedCrash(crash + "");
    }
    doomed |= is(CrashPoint.Moment.READING_ON, now);
  }

  private boolean is(CrashPoint.Moment moment, int checkpoint) {
    return crash != null && crash.moment() == moment && crash.checkpoint() == checkpoint;
  }
}
