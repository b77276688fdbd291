package io.purlin.nativerunner.task;

/** What a step of a task came to. */
public enum Progress {
  /** Something moved; step again. */
  MADE,
  /** Nothing can move until something comes from outside, or time passes. */
  NONE,
  /** The task has come to its end and passed it on. */
  DONE
}
