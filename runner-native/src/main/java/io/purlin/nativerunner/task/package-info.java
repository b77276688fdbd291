/**
 * Tasks: the step loop input, chain, output; and the only owner of threads.
 *
 * <p>A task is a step function: {@link io.purlin.nativerunner.task.Task#step} does bounded work and
 * says whether it made progress. A thread is something that calls it; so is a test, and so is the
 * loop that steps all tasks of a {@code TestStream} pipeline in turn. Depends on chain, exchange,
 * source, metrics and everything below; never on job or translation.
 */
@NullMarked
package io.purlin.nativerunner.task;

import org.jspecify.annotations.NullMarked;
