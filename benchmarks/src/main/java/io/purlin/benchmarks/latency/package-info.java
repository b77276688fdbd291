/**
 * How long an element or a window waits for its result when a job has half of the load that it
 * could take.
 *
 * <p>{@code LatencyComparison} finds the greatest rate and asks for half of it, {@code
 * LatencyProgram} runs the pipelines in a process of its own: {@code PacedNumbers} emits by a
 * {@code Schedule} of intended times, {@code LatencySteps} hold what comes out against it, {@code
 * Taken} keeps the samples of the process. The parent has one thread.
 */
@NullMarked
package io.purlin.benchmarks.latency;

import org.jspecify.annotations.NullMarked;
