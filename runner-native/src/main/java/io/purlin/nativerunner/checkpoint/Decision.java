package io.purlin.nativerunner.checkpoint;

import io.purlin.sdk.connector.CheckpointId;

/**
 * What the protocol wants done. Decisions are carried out one after the other, in the order in
 * which they were given; what comes of one goes back as a fact.
 */
public sealed interface Decision {
  /**
   * Send the barrier into every source task that runs. The tasks answer with {@link
   * CheckpointProtocol#acknowledged}.
   *
   * @param last no task runs any more: there is nothing to send to, the checkpoint holds the ends
   *     of all tasks
   */
  record TriggerBarrier(CheckpointId id, boolean last) implements Decision {}

  /** Flush the sinks and check every send. Answer: {@link CheckpointProtocol#sinksPrepared}. */
  record PrepareSinks(CheckpointId id) implements Decision {}

  /** Make files and manifest durable. Answer: {@link CheckpointProtocol#written}. */
  record WriteManifest(CheckpointId id) implements Decision {}

  /** Commit the sinks: the commit point. Answer: {@link CheckpointProtocol#sinksCommitted}. */
  record CommitSinks(CheckpointId id) implements Decision {}

  /**
   * Write the durable note that the checkpoint is committed; without sinks this is the commit
   * point. Answer: {@link CheckpointProtocol#noted}.
   */
  record NoteCommitted(CheckpointId id) implements Decision {}

  /** Tell sources and bundle finalizers that the checkpoint is committed. No answer. */
  record NotifySources(CheckpointId id) implements Decision {}

  /** Delete all committed checkpoints but the newest {@code retained}. No answer. */
  record DeleteOlder(CheckpointId newest, int retained) implements Decision {}

  /** Drop the checkpoint and its files, let tasks forget its barrier. No answer. */
  record Abort(CheckpointId id, String reason) implements Decision {}

  /**
   * The job cannot go on and restarts from what was committed last, as its restart strategy says.
   * Nothing of the checkpoint may be deleted before a restart has found out whether it was
   * committed. Nothing is decided afterwards.
   */
  record FailJob(CheckpointId id, String reason) implements Decision {}
}
