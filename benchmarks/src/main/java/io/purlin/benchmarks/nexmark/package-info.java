/**
 * Nexmark end to end: the same query over the same events on our runner and on a peer, each in a
 * process of its own with its own class path.
 *
 * <p>{@code QueryProgram} and what it uses run in those processes and know Beam alone, in any
 * version; {@code NexmarkComparison} starts them and lets them run in turn. The parent has one
 * thread.
 */
@NullMarked
package io.purlin.benchmarks.nexmark;

import org.jspecify.annotations.NullMarked;
