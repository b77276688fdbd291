/**
 * Sinks that write exactly once: write, prepare on the barrier, commit on completion.
 *
 * <p>In: elements of a step that a connector of {@code io.purlin.sdk.connector} runs, and the
 * rounds of checkpoints. Out: the connector's transaction. Knows connectors, never which external
 * systems they lead to.
 *
 * <p>May depend on {@code operator} and below. Threads: an operator is driven by its task's thread;
 * {@link io.purlin.nativerunner.sink.JobSinks} by the job's.
 */
@NullMarked
package io.purlin.nativerunner.sink;

import org.jspecify.annotations.NullMarked;
