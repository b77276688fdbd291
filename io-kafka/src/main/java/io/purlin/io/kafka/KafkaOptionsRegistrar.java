package io.purlin.io.kafka;

import io.purlin.io.kafka.sink.KafkaSinkOptions;
import io.purlin.io.kafka.source.KafkaSourceOptions;
import java.util.List;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsRegistrar;

/** Lets the connector's options be parsed from the command line. */
public final class KafkaOptionsRegistrar implements PipelineOptionsRegistrar {
  @Override
  public Iterable<Class<? extends PipelineOptions>> getPipelineOptions() {
    return List.of(KafkaSinkOptions.class, KafkaSourceOptions.class);
  }
}
