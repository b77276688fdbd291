/**
 * The engine of the working tree beside that of an earlier commit, on works whose input is ready.
 *
 * <p>{@code EnginePath} puts the other engine's jars in the place of ours, {@code
 * RevisionComparison} runs both in turn, each in a process of its own, with the same programs. The
 * parent has one thread.
 */
@NullMarked
package io.purlin.benchmarks.revision;

import org.jspecify.annotations.NullMarked;
