/**
 * Whether a job's memory fits into the machine or container, before the job starts.
 *
 * <p>In: {@link io.purlin.nativerunner.memory.MemorySizes}, which the facade fills from options,
 * plan and JVM. Out: a {@link io.purlin.nativerunner.memory.MemoryTable} whose rows add up to what
 * the process may come to need, or what does not fit and what to change. Pure functions but for
 * {@link io.purlin.nativerunner.memory.ContainerLimit}, which reads the container's limit; depends
 * on nothing, and no thread.
 */
@NullMarked
package io.purlin.nativerunner.memory;

import org.jspecify.annotations.NullMarked;
