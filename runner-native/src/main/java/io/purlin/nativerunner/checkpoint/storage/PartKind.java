package io.purlin.nativerunner.checkpoint.storage;

/** What a part holds. The names are written into manifests and never change. */
public enum PartKind {
  /** Cells by key. */
  KEYED_STATE,
  /** Timers by key. */
  TIMERS,
  /** Splits and how far each was read. */
  SOURCE_POSITIONS,
  /** Anything else that an operator or a whole task keeps. */
  OPERATOR,
  /** Elements that were on their way. */
  IN_FLIGHT,
  /** What a sink keeps. */
  SINK
}
