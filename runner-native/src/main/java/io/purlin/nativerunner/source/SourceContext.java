package io.purlin.nativerunner.source;

import io.purlin.nativerunner.time.Clock;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a source is given.
 *
 * @param stepName full name of the Beam transform
 * @param parallelism number of tasks that read, at least 1
 * @param clock processing time
 * @param checkpointed whether positions are asked for: then a source forgets nothing before it is
 *     told that they are committed
 * @param options the pipeline's options
 */
public record SourceContext(
    String stepName, int parallelism, Clock clock, boolean checkpointed, PipelineOptions options) {}
