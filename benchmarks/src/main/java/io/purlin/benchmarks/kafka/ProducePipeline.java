package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.ready.InputSpec;
import io.purlin.benchmarks.ready.ReadySource;
import io.purlin.benchmarks.side.Reading;
import io.purlin.benchmarks.side.Side;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.joda.time.Instant;

/**
 * Our side: ready records to a topic with KafkaIO, {@code ProducePipeline <options of the runner>}.
 */
public final class ProducePipeline {
  private ProducePipeline() {}

  /** Serves as a side: nanoseconds, and those of all processors, with the start of the job. */
  public static void main(String[] args) {
    Side.serve(
        line -> {
          CopyRequest request = CopyRequest.parse(line);
          InputSpec records =
              new InputSpec(InputSpec.Kind.RECORDS, Math.toIntExact(request.records()));
          // What is read exists before the clock starts.
          records.prepare();
          Reading start = Reading.now();
          produce(request, records, args);
          return Reading.now().since(start);
        });
  }

  private static void produce(CopyRequest request, InputSpec records, String... flags) {
    Pipeline pipeline = Pipeline.create(PipelineOptionsFactory.fromArgs(flags).create());
    pipeline
        .apply(Read.from(new ReadySource<byte[]>(records, record -> Instant.EPOCH)))
        .apply(
            KafkaIO.<Void, byte[]>write()
                .withBootstrapServers(request.servers())
                .withTopic(request.to())
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(CopySettings.PRODUCER)
                .values());
    PipelineResult.State state = pipeline.run().waitUntilFinish();
    if (state != PipelineResult.State.DONE) {
      throw new IllegalStateException("the job ended " + state);
    }
  }
}
