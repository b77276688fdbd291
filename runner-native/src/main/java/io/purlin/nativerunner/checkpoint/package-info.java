/**
 * Barrier rounds: what happens to a checkpoint, when, and in which order.
 *
 * <p>In come facts (time passed, a task acknowledged, the files are durable, something failed), out
 * go decisions (trigger, write, commit, note, notify, delete, give up). {@link
 * io.purlin.nativerunner.checkpoint.CheckpointProtocol} holds the whole protocol and touches
 * neither threads nor files nor clocks; {@code checkpoint.storage} holds the files and decides
 * nothing.
 *
 * <p>Depends on the connector contract's checkpoint identity alone; never on operators, exchange,
 * tasks or Beam's transforms. Thread rule: a protocol has one owner, the thread that supervises the
 * job.
 */
@NullMarked
package io.purlin.nativerunner.checkpoint;

import org.jspecify.annotations.NullMarked;
