/**
 * Works on inputs that are ready, on ours and on a peer in turn, each in a process of its own.
 *
 * <p>{@code WorkComparison} runs them, {@code StreamsComparison} those that read a topic; {@code
 * Peer} says how each peer is started, {@code Load} how many elements both sides have, {@code
 * StateFolder} where and how they keep state that is durable, {@code Run} what a run came to. The
 * parent has one thread.
 */
@NullMarked
package io.purlin.benchmarks.comparison;

import org.jspecify.annotations.NullMarked;
