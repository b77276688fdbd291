package io.purlin.pipelines.job;

import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.Validation;

/** Options of pipelines that read or write Kafka. */
public interface KafkaOptions extends PipelineOptions {
  @Description(
      "Kafka's address, host:port[,host:port...]. The default is a broker started for this run.")
  @Validation.Required
  String getBootstrapServers();

  void setBootstrapServers(String servers);
}
