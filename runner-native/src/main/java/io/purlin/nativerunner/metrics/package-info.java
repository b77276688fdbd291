/**
 * Metrics: what user code counts, by step, and what the engine counts and times, by task.
 *
 * <p>Counts come in through Beam's {@code MetricsEnvironment} on the thread of a task; results go
 * out to whoever asks, or are pushed to the sink that options name. Nobody needs metrics to be
 * correct: nothing else reads them. Depends on element alone. A task's metrics are written by its
 * thread and may be read by any.
 */
@NullMarked
package io.purlin.nativerunner.metrics;

import org.jspecify.annotations.NullMarked;
