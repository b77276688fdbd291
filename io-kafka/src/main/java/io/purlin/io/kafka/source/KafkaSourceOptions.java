package io.purlin.io.kafka.source;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;

/** Options of the Kafka source. What a pipeline says of a read wins over them. */
public interface KafkaSourceOptions extends PipelineOptions {
  /** How often to look for partitions that are new, in milliseconds; 0: never. */
  @Description(
      "How often Kafka sources look for new partitions, in ms; 0: never. Default: 5 minutes."
          + " A read's own withDynamicRead(interval) wins.")
  @Default.Long(300_000)
  long getKafkaPartitionDiscoveryIntervalMillis();

  /** Sets how often to look for partitions that are new. */
  void setKafkaPartitionDiscoveryIntervalMillis(long value);
}
