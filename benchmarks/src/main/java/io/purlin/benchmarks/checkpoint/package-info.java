/**
 * What checkpoints cost, and how soon a job is back after {@code kill -9}.
 *
 * <p>{@code StateProgram} runs a pipeline with keyed state in a process of its own and tells what
 * it sees; {@code CheckpointComparison} and {@code RecoveryComparison} start it with and without
 * checkpoints, in turn, and kill it. The parent has one thread.
 */
@NullMarked
package io.purlin.benchmarks.checkpoint;

import org.jspecify.annotations.NullMarked;
