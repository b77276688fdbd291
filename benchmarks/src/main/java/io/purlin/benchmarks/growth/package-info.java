/**
 * How the cost of an element grows with what may grow: keys, windows, sessions, steps, side inputs,
 * values of a key, state, tasks, timers, partitions of a topic. The verdict is the slope of a line,
 * never an absolute figure.
 *
 * <p>{@code Dimension} says what grows, through which sizes, and how steeply cost may; {@code
 * GrowthComparison} measures each size in one process, up and down, and {@code Line} fits. In the
 * process {@code GrowthProgram} runs one pipeline of {@code GrowthPipelines} after the other, whose
 * steps are in {@code GrowthSteps}; {@code Numbers} is what they read, or a {@code
 * PartitionedTopic} on a broker that the parent starts. {@code Gate} lets the clock begin when what
 * belongs to the size is there. The parent has one thread.
 */
@NullMarked
package io.purlin.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
