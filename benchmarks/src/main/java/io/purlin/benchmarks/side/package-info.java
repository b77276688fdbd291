/**
 * Processes in which the sides of an end-to-end comparison run, each with a class path of its own.
 *
 * <p>{@code SideProcess} starts one and asks it; {@code Side} is the same in there, and {@code
 * Tally} what a run of a work comes to. {@code PeerPaths} knows the class paths of peers, {@code
 * FlinkPeer} the options of Beam's FlinkRunner. Depends on the JDK alone, because it runs on every
 * side, but for {@code FlinkPeer}, which only a side with Beam uses. The parent and each side have
 * one thread for it; a side's runner calls {@code Tally}.
 */
@NullMarked
package io.purlin.benchmarks.side;

import org.jspecify.annotations.NullMarked;
