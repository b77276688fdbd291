package io.purlin.benchmarks.kafka;

import io.purlin.benchmarks.side.FlinkPeer;
import io.purlin.benchmarks.side.Side;
import io.purlin.pipelines.kafka.Topics;
import java.time.Duration;
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
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The peer that is KafkaIO's exactly-once sink: {@code EosCopy <shards> <options of the runner>}.
 * The pipeline is {@code KafkaCopy} with {@code withEOS}, which only some runners may run. Its job
 * reads on until all its copies are committed and is cancelled then, because FlinkRunner cannot end
 * it: what is held back for a checkpoint holds the watermark at the end ("There are still watermark
 * holds left when terminating operator"), and the job begins anew for ever.
 */
public final class EosCopy {
  private static final Coder<byte[]> BYTES = NullableCoder.of(ByteArrayCoder.of());
  private static final Duration LOOK = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofMinutes(30);

  private EosCopy() {}

  /** Serves as a side. */
  public static void main(String[] args) {
    int shards = Integer.parseInt(args[0]);
    List<String> flags = List.of(args).subList(1, args.length);
    Side.serve(
        line -> {
          Meter.reset();
          CopyRequest request = CopyRequest.parse(line);
          PipelineResult job = pipeline(request, shards, flags).run();
          awaitCopies(request);
          long[] figures = Meter.stop();
          FlinkPeer.cancel(job);
          return figures;
        });
  }

  /** Until a reader of committed records sees them all. */
  private static void awaitCopies(CopyRequest request) {
    long since = System.nanoTime();
    long seen = 0;
    try (Topics topics = Topics.at(request.servers());
        Consumer<byte[], byte[]> consumer =
            new KafkaConsumer<>(
                Map.of(
                    ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                    request.servers(),
                    ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                    "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
      consumer.assign(topics.starts(request.to()).keySet());
      consumer.seekToBeginning(consumer.assignment());
      while (seen < request.records()) {
        if (System.nanoTime() - since > LONGEST.toNanos()) {
          throw new IllegalStateException(
              "only " + seen + " copies are committed after " + LONGEST);
        }
        seen += consumer.poll(LOOK).count();
      }
    }
  }

  private static Pipeline pipeline(CopyRequest request, int shards, List<String> flags) {
    List<String> all = new ArrayList<>(flags);
    all.add("--jobName=" + request.to());
    all.add("--attachedMode=false");
    Pipeline pipeline =
        Pipeline.create(PipelineOptionsFactory.fromArgs(all.toArray(String[]::new)).create());
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
                    Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")))
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
