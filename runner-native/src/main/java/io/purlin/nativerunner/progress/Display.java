package io.purlin.nativerunner.progress;

/** Where a job is shown. Used by one thread at a time. */
interface Display {
  /** The job runs; told about once a second. */
  void show(Moment moment);

  /** The job has ended; nothing is shown any more. */
  void end(Moment moment);

  /** The process ends: leaves behind what others expect, and draws no more. May be called again. */
  void leave();
}
