package io.purlin.nativerunner.checkpoint;

/** Where a checkpoint stands. A checkpoint that is PREPARED can no longer be given up by us. */
public enum CheckpointState {
  /** Barriers are on their way. */
  TRIGGERED,
  /** Every task has handed over its snapshot; sinks are flushed, then the manifest is written. */
  ACKNOWLEDGED,
  /** Durable. Whether it counts is now for the commit alone to say. */
  PREPARED,
  /** Past its commit point: a restart restores it or a newer one. */
  COMMITTED,
  /** Given up; as if it had never been triggered. */
  ABORTED;

  /** Whether a checkpoint may go from here to {@code next}. */
  public boolean mayBecome(CheckpointState next) {
    return switch (this) {
      case TRIGGERED -> next == ACKNOWLEDGED || next == ABORTED;
      case ACKNOWLEDGED -> next == PREPARED || next == ABORTED;
      case PREPARED -> next == COMMITTED;
      case COMMITTED, ABORTED -> false;
    };
  }
}
