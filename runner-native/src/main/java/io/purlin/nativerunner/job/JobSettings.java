package io.purlin.nativerunner.job;

import io.purlin.nativerunner.task.TaskLimits;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * How a job runs.
 *
 * @param options the pipeline's options, for user code
 * @param stepped whether one thread steps all tasks in turn, on a clock that a test stream sets
 * @param maxParallelism number of key groups
 * @param buffersPerChannel credits of each channel, in batches
 * @param limits limits that each task keeps
 */
public record JobSettings(
    PipelineOptions options,
    boolean stepped,
    int maxParallelism,
    int buffersPerChannel,
    TaskLimits limits) {}
