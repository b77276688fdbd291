package io.purlin.conformance.faults.pipeline;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A program that copies a topic record by record, through an exchange and a step that keeps the
 * newest one in its state, whatever the size of keys and values. Never ends by itself.
 */
public final class CopyJob {
  private CopyJob() {}

  /** Runs the job with Beam's options. */
  public static void main(String[] args) {
    Program.run(
        () ->
            pipeline(
                PipelineOptionsFactory.fromArgs(args).withValidation().as(FaultOptions.class)));
  }

  private static Pipeline pipeline(FaultOptions options) {
    Pipeline pipeline = Pipeline.create(options);
    Coder<byte[]> bytes = NullableCoder.of(ByteArrayCoder.of());
    pipeline
        .apply(
            "Read",
            KafkaIO.readBytes()
                .withBootstrapServers(options.getBootstrapServers())
                .withTopic(options.getFrom())
                .withConsumerConfigUpdates(
                    Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))
                .withoutMetadata())
        .setCoder(KvCoder.of(bytes, bytes))
        .apply(
            "ByNothing",
            WithKeys.<Integer, KV<byte[], byte[]>>of(0).withKeyType(TypeDescriptors.integers()))
        .setCoder(KvCoder.of(VarIntCoder.of(), KvCoder.of(bytes, bytes)))
        .apply("Newest", ParDo.of(new Newest()))
        .setCoder(KvCoder.of(bytes, bytes))
        .apply(
            "Write",
            KafkaIO.<byte[], byte[]>write()
                .withBootstrapServers(options.getBootstrapServers())
                .withTopic(options.getTo())
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(FaultJob.producerConfig(options)));
    return pipeline;
  }

  /** Keeps the newest value, and passes all on. */
  private static final class Newest
      extends DoFn<KV<Integer, KV<byte[], byte[]>>, KV<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    @StateId("newest")
    private final StateSpec<ValueState<byte[]>> newestSpec =
        StateSpecs.value(NullableCoder.of(ByteArrayCoder.of()));

    @ProcessElement
    public void process(
        @Element KV<Integer, KV<byte[], byte[]>> element,
        @StateId("newest") ValueState<byte[]> newest,
        OutputReceiver<KV<byte[], byte[]>> out) {
      newest.write(element.getValue().getValue());
      out.output(element.getValue());
    }
  }
}
