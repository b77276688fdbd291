package io.purlin.nativerunner.checkpoint.storage;

/** What a part holds. The names are written into manifests and never change. */
public enum PartKind {
  /** What a task keeps for itself: how far its input was read, and what it has counted. */
  TASK,
  /** What the operators of one step keep in one task: keyed state, timers, elements that wait. */
  OPERATOR
}
