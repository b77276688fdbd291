/**
 * What an experienced hand would write for one purpose: plain loops in Java over an input, with
 * {@code HashMap}, one thread and no fault tolerance. What a runner cannot be much better than.
 *
 * <p>{@code LoopProgram} serves as a side. Depends on the inputs and on Nexmark's model classes.
 */
@NullMarked
package io.purlin.benchmarks.loop;

import org.jspecify.annotations.NullMarked;
