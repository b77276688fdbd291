/**
 * Works on inputs that are ready, on ours and on a peer in turn, each in a process of its own.
 *
 * <p>{@code WorkComparison} runs them, {@code Peer} says how each peer is started, {@code
 * StateFolder} where and how sides keep state that is durable. The parent has one thread.
 */
@NullMarked
package io.purlin.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
