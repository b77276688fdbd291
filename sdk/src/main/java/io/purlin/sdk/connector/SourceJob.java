package io.purlin.sdk.connector;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.beam.sdk.options.PipelineOptions;

/**
 * What a source learns of its job.
 *
 * @param parallelism number of tasks that read, at least 1; may be another than in an earlier run
 * @param positions what {@link SplitReader#positions} of all readers gave together for the
 *     checkpoint that the job goes on from; nothing when the source is read from its start
 * @param clockMillis processing time, in milliseconds since 1970. Any thread
 * @param options the pipeline's options, for those that the connector has registered
 */
public record SourceJob(
    int parallelism,
    Optional<List<byte[]>> positions,
    LongSupplier clockMillis,
    PipelineOptions options) {
  /** Checks the ranges. */
  public SourceJob {
    if (parallelism < 1) {
      throw new IllegalArgumentException("parallelism " + parallelism);
    }
  }
}
