package io.purlin.io.kafka.sink;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/** Options of the Kafka sink. What a pipeline sets as producer configuration wins over them. */
public interface KafkaSinkOptions extends PipelineOptions {
  /** Which producer settings to start from. */
  @Description("Producer settings of Kafka sinks to start from: THROUGHPUT, BALANCED or LATENCY.")
  @Default.Enum("BALANCED")
  ProducerPreset getKafkaSinkPreset();

  /** Sets which producer settings to start from. */
  void setKafkaSinkPreset(ProducerPreset value);

  /** The topic that records which checkpoint was committed last. */
  @Description(
      "Compacted topic with one partition that records which checkpoint was committed last. Created"
          + " when missing. Keep it over the life of a job. Default: purlin-<job name>-commits.")
  @Nullable String getKafkaCommitTopic();

  /** Sets the topic that records which checkpoint was committed last. */
  void setKafkaCommitTopic(@Nullable String value);
}
