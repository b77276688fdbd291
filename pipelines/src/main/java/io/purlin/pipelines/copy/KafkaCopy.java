package io.purlin.pipelines.copy;

import io.purlin.pipelines.kafka.UpToOffsets;
import java.util.Map;
import java.util.Optional;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.ProducerRecordCoder;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The pipeline that copies a topic. Keys and values are bytes; either may be null. */
public final class KafkaCopy {
  /** Counts the records that were read. */
  static final String COPIED = "copied";

  private static final Coder<byte[]> BYTES = NullableCoder.of(ByteArrayCoder.of());

  private KafkaCopy() {}

  /**
   * Adds the copying to {@code pipeline}.
   *
   * @param end where to stop; empty to go on for ever
   */
  static void build(
      Pipeline pipeline,
      String servers,
      String from,
      String to,
      Optional<UpToOffsets<byte[], byte[]>> end) {
    KafkaIO.Read<byte[], byte[]> read =
        KafkaIO.<byte[], byte[]>read()
            .withBootstrapServers(servers)
            .withTopic(from)
            .withKeyDeserializerAndCoder(ByteArrayDeserializer.class, BYTES)
            .withValueDeserializerAndCoder(ByteArrayDeserializer.class, BYTES)
            .withReadCommitted()
            .withConsumerConfigUpdates(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
    KafkaIO.WriteRecords<byte[], byte[]> write =
        KafkaIO.<byte[], byte[]>writeRecords()
            .withBootstrapServers(servers)
            .withTopic(to)
            .withKeySerializer(ByteArraySerializer.class)
            .withValueSerializer(ByteArraySerializer.class);
    var records =
        end.isPresent()
            ? pipeline
                .apply("Read", read.withTimestampPolicyFactory(end.get()))
                .apply("UpToEnd", Filter.by(end.get()))
            : pipeline.apply("Read", read);
    records
        .apply("Copy", ParDo.of(new Copy(to)))
        .setCoder(ProducerRecordCoder.of(BYTES, BYTES))
        .apply("Write", write);
  }

  /** Turns a record that was read into one to write. */
  private static final class Copy
      extends DoFn<KafkaRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> {
    private static final long serialVersionUID = 1L;

    private final Counter copied = Metrics.counter(KafkaCopy.class, COPIED);
    private final String topic;

    Copy(String topic) {
      this.topic = topic;
    }

    @ProcessElement
    public void process(
        @Element KafkaRecord<byte[], byte[]> record,
        OutputReceiver<ProducerRecord<byte[], byte[]>> out) {
      copied.inc();
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
