package io.purlin.pipelines.job;

import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;

/** A pipeline that the command line can run, before it has its options. */
public interface Job {
  /** The options that this pipeline takes. */
  Class<? extends PipelineOptions> optionsType();

  /** Whether the pipeline needs a Kafka broker; its options then extend {@link KafkaOptions}. */
  boolean usesKafka();

  /**
   * Checks what can be said of the options by themselves, before a broker is asked or started.
   *
   * @throws UserError naming the option, its value and its range
   */
  void checkOptions(PipelineOptions options);

  /**
   * Checks what the options name and builds the pipeline. Writes nothing yet that a failed check
   * would leave behind.
   *
   * @throws UserError naming what is missing or wrong
   */
  JobRun prepare(PipelineOptions options);

  /**
   * The pipeline as it would run, for being explained: with names in place of what is made for a
   * run. Asks no external system and writes nothing.
   */
  Pipeline outline(PipelineOptions options);
}
