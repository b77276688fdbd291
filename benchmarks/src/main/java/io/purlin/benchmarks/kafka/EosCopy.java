package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.Side;
import io.purlin.pipelines.kafka.TopicReader;
import io.purlin.pipelines.kafka.Topics;
import io.purlin.pipelines.kafka.UpToOffsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The peer that is KafkaIO's exactly-once sink: {@code EosCopy <shards> <options of the runner>}.
 * The pipeline is {@code KafkaCopy} with {@code withEOS}, which only some runners may run.
 */
public final class EosCopy {
  private static final Coder<byte[]> BYTES = NullableCoder.of(ByteArrayCoder.of());

  private EosCopy() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    int shards = Integer.parseInt(args[0]);
    List<String> flags = List.of(args).subList(1, args.length);
    Side.serve(
        line -> {
          Meter.reset();
          CopyRequest request = CopyRequest.parse(line);
          PipelineResult.State end = pipeline(request, shards, flags).run().waitUntilFinish();
          if (end != PipelineResult.State.DONE) {
            throw new IllegalStateException("the job ended " + end);
          }
          return Meter.stop();
        });
  }

  private static Pipeline pipeline(CopyRequest request, int shards, List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.add("--jobName=" + request.to());
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create());
    UpToOffsets<byte[], byte[]> end = end(request);
    pipeline
        .apply(
            "Read",
            KafkaIO.<byte[], byte[]>read()
                .withBootstrapServers(request.servers())
                .withTopic(request.from())
                .withKeyDeserializerAndCoder(ByteArrayDeserializer.class, BYTES)
                .withValueDeserializerAndCoder(ByteArrayDeserializer.class, BYTES)
                .withReadCommitted()
                .withConsumerConfigUpdates(
                    Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))
                .withTimestampPolicyFactory(end))
        .apply("UpToEnd", Filter.by(end))
        .apply("Copy", ParDo.of(new Copy(request.to())))
        .setCoder(ProducerRecordCoder.of(BYTES, BYTES))
        .apply(
            "Write",
            KafkaIO.<byte[], byte[]>writeRecords()
                .withBootstrapServers(request.servers())
                .withTopic(request.to())
                .withKeySerializer(ByteArraySerializer.class)
                .withValueSerializer(ByteArraySerializer.class)
                .withProducerConfigUpdates(CopySettings.PRODUCER)
                .withEOS(shards, request.to()));
    return pipeline;
  }

  private static UpToOffsets<byte[], byte[]> end(CopyRequest request) {
    try (Topics topics = Topics.at(request.servers());
        TopicReader reader = new TopicReader(request.servers())) {
      return new UpToOffsets<>(
          reader.lastRecords(topics.starts(request.from()), topics.ends(request.from())));
    }
  }

  /** Turns a record that was read into one to write. */
  private static final class Copy
      extends DoFn<KafkaRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    private final String topic;

    Copy(String topic) {
      this.topic = topic;
    }

    @ProcessElement
    public void process(
        @Element KafkaRecord<byte[], byte[]> record,
        OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      Meter.start();
      out.output(
          new ProducerRecord<>(
              topic,
              null,
              record.getTimestamp(),
              record.getKV().getKey(),
              record.getKV().getValue(),
              record.getHeaders()));
    }
  }
}
