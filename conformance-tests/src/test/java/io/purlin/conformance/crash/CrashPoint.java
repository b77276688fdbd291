package io.purlin.conformance.crash;

/**
 * Where one run crashes.
 *
 * @param moment of a checkpoint
 * @param checkpoint which of the run's checkpoints it is, from 1
 */
record CrashPoint(Moment moment, int checkpoint) {
  /** Moments of a checkpoint, in their order. */
  enum Moment {
    /** All tasks have answered; nothing is written. */
    BEFORE_WRITE,
    /** Everything is durable and does not count yet. */
    BEFORE_COMMIT,
    /** The checkpoint is committed; sources and tasks do not know it. */
    AFTER_COMMIT,
    /** The checkpoint is committed, and a source fails when it reads on. */
    READING_ON
  }

  @Override
  public String toString() {
    return moment + " of checkpoint " + checkpoint;
  }
}
