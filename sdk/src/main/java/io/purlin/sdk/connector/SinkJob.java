package io.purlin.sdk.connector;

import java.time.Duration;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a sink's coordinator learns of its job.
 *
 * @param jobName the same in every run of the job and different from every other job on the same
 *     external system: transactions and what was committed last are found by it
 * @param guarantee what the job wants
 * @param checkpointInterval time between the starts of two checkpoints, positive; not read without
 *     checkpoints
 * @param checkpointTimeout how long a checkpoint may take at most before it is given up, positive;
 *     not read without checkpoints
 * @param options the pipeline's options, for those that the connector has registered
 */
public record SinkJob(
    String jobName,
    Guarantee guarantee,
    Duration checkpointInterval,
    Duration checkpointTimeout,
    PipelineOptions options) {}
