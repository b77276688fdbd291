package io.purlin.benchmarks.growth;

import io.purlin.benchmarks.side.Tally;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import io.purlin.pipelines.kafka.UpToOffsets;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.values.PCollection;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongDeserializer;

/**
 * Topics of so many partitions with the same records, of 100 bytes, whose keys are their numbers. A
 * topic is filled when it is first read and stays: filling is before the clock starts.
 *
 * @param servers where the broker is
 * @param partitions among which records go around
 * @param records of all partitions together
 */
record PartitionedTopic(String servers, int partitions, long records) {
  /** By this process, which has the broker for itself. */
  private static final Set<String> FILLED = ConcurrentHashMap.newKeySet();

  /** With the key 100 bytes. */
  private static final int VALUE_BYTES = 92;

  /** Reads all of it, and no more. */
  PCollection<Long> read(Pipeline pipeline) {
    String topic = "partitions-" + partitions + "-" + records;
    Map<TopicPartition, Long> last = new HashMap<>();
    try (Topics topics = Topics.at(servers)) {
      if (FILLED.add(topic)) {
        topics.create(topic, partitions);
        fill(topic);
      }
      topics.ends(topic).forEach((partition, end) -> last.put(partition, end - 1));
    }
    UpToOffsets<Long, byte[]> end = new UpToOffsets<>(last);
    return pipeline
        .apply(
            "Records",
            KafkaIO.<Long, byte[]>read()
                .withBootstrapServers(servers)
                .withTopic(topic)
                .withKeyDeserializerAndCoder(LongDeserializer.class, VarLongCoder.of())
                .withValueDeserializerAndCoder(ByteArrayDeserializer.class, ByteArrayCoder.of())
                .withTimestampPolicyFactory(end)
                .withConsumerConfigUpdates(
                    Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")))
        .apply("NumbersOfRecords", ParDo.of(new NumberOf(end)));
  }

  private void fill(String topic) {
    byte[] value = new byte[VALUE_BYTES];
    try (TopicWriter writer = new TopicWriter(servers)) {
      for (long i = 0; i < records; i++) {
        writer.send(
            new ProducerRecord<>(
                topic,
                (int) (i % partitions),
                0L,
                ByteBuffer.allocate(Long.BYTES).putLong(i).array(),
                value));
      }
      writer.flush();
    }
  }

  /** The number of each record up to the end; the first one starts the clock. */
  private static final class NumberOf extends DoFn<KafkaRecord<Long, byte[]>, Long> {
    private static final long serialVersionUID = 1L;

    private final UpToOffsets<Long, byte[]> end;

    NumberOf(UpToOffsets<Long, byte[]> end) {
      this.end = end;
    }

    @ProcessElement
    public void process(@Element KafkaRecord<Long, byte[]> record, OutputReceiver<Long> out) {
      Tally.reading();
      if (end.apply(record)) {
        out.output(record.getKV().getKey());
      }
    }
  }
}
