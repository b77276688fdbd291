package io.purlin.conformance.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.NativeRunner;
import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.joda.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Unmodified KafkaIO pipelines on the native runner, reading a real broker. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class KafkaSourceTest {
  private static final int PARTITIONS = 3;
  private static final String GROUP = "readers";
  private static final String END = "end";
  private static final String TRAP = "trap";

  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  /** Fails once, at the trap. */
  private static final class FailOnce extends DoFn<KV<String, String>, KV<String, String>> {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger FAILURES = new AtomicInteger();

    @ProcessElement
    public void process(
        @Element KV<String, String> element, OutputReceiver<KV<String, String>> out) {
      if (TRAP.equals(element.getValue()) && FAILURES.getAndIncrement() == 0) {
        throw new IllegalStateException("the trap");
      }
      if (!END.equals(element.getValue())) {
        out.output(element);
      }
    }
  }

  /** A record "end" ends the time of its partition. */
  private static final class UpToMark implements TimestampPolicyFactory<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public TimestampPolicy<String, String> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previous) {
      return new TimestampPolicy<>() {
        private Instant watermark = previous.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE);

        @Override
        public Instant getTimestampForRecord(
            PartitionContext context, KafkaRecord<String, String> record) {
          watermark =
              END.equals(record.getKV().getValue())
                  ? BoundedWindow.TIMESTAMP_MAX_VALUE
                  : Instant.ofEpochMilli(record.getTimestamp());
          return Instant.ofEpochMilli(record.getTimestamp());
        }

        @Override
        public Instant getWatermark(PartitionContext context) {
          return watermark;
        }
      };
    }
  }

  private Pipeline pipeline(String job, String from, String to) {
    Pipeline pipeline =
        Pipeline.create(
            PipelineOptionsFactory.fromArgs(
                    "--runner=" + NativeRunner.class.getName(),
                    "--jobName=" + job,
                    "--parallelism=2",
                    "--checkpointDir=" + folder,
                    "--checkpointingInterval=50",
                    "--restartDelayMillis=10")
                .create());
    pipeline
        .apply(
            "Read",
            KafkaIO.<String, String>read()
                .withBootstrapServers(broker.bootstrapServers())
                .withTopic(from)
                .withKeyDeserializer(StringDeserializer.class)
                .withValueDeserializer(StringDeserializer.class)
                .withTimestampPolicyFactory(new UpToMark())
                .withConsumerConfigUpdates(
                    Map.of("group.id", GROUP + from, "auto.offset.reset", "earliest"))
                .commitOffsetsInFinalize()
                .withoutMetadata())
        .apply("FailOnce", ParDo.of(new FailOnce()))
        .apply(
            "Write",
            KafkaIO.<String, String>write()
                .withBootstrapServers(broker.bootstrapServers())
                .withTopic(to)
                .withKeySerializer(StringSerializer.class)
                .withValueSerializer(StringSerializer.class));
    return pipeline;
  }

  /** Writes values to each partition; returns what was written in all. */
  private static List<String> write(String topic, int from, int to, String... more) {
    List<String> written = new ArrayList<>();
    try (TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      for (int partition = 0; partition < PARTITIONS; partition++) {
        List<String> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
          values.add(partition + ":" + i);
        }
        values.addAll(List.of(more));
        for (String value : values) {
          writer.send(new ProducerRecord<>(topic, partition, 1_000L, null, value.getBytes(UTF_8)));
        }
        written.addAll(values);
      }
      writer.flush();
    }
    written.removeIf(END::equals);
    return written;
  }

  private static Map<TopicPartition, Long> groupOffsets(String topic) throws Exception {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .listConsumerGroupOffsets(GROUP + topic)
          .partitionsToOffsetAndMetadata()
          .get()
          .forEach((partition, offset) -> offsets.put(partition, offset.offset()));
    }
    return offsets;
  }

  private static Map<TopicPartition, Long> ends(String topic) {
    try (Topics topics = Topics.at(broker.bootstrapServers())) {
      return topics.ends(topic);
    }
  }

  @Test
  void aFailureLosesAndDoublesNothingAndTheGroupIsToldAfterCheckpoints() throws Exception {
    CommittedRecords committed = new CommittedRecords(broker.bootstrapServers());
    committed.create("in", PARTITIONS);
    committed.create("out", 1);
    List<String> written = new ArrayList<>(write("in", 0, 500));
    PipelineResult running = pipeline("copies", "in", "out").run();
    // The first checkpoints are committed, and the group has heard of them.
    while (!groupOffsets("in").values().stream().allMatch(offset -> offset == 500)
        || groupOffsets("in").size() < PARTITIONS) {
      Thread.onSpinWait();
    }
    written.addAll(write("in", 500, 600, TRAP));
    written.addAll(write("in", 601, 700, END));
    running.waitUntilFinish();

    assertThat(FailOnce.FAILURES.get()).isGreaterThan(1);
    assertThat(committed.values("out")).containsExactlyInAnyOrderElementsOf(written);
    assertThat(groupOffsets("in")).isEqualTo(ends("in"));

    // Another job without a start goes on where the group is.
    List<String> later = write("in", 700, 710, END);
    committed.create("out2", 1);
    pipeline("goes-on", "in", "out2").run().waitUntilFinish();
    assertThat(committed.values("out2")).containsExactlyInAnyOrderElementsOf(later);
  }

  @Test
  void aTopicThatDoesNotExistIsOneClearError() {
    assertThatThrownBy(() -> pipeline("fails", "no-such-topic", "out3").run().waitUntilFinish())
        .hasStackTraceContaining(
            "Kafka at " + broker.bootstrapServers() + ": there is no topic \"no-such-topic\"");
  }
}
