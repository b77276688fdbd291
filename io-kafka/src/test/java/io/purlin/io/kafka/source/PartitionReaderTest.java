package io.purlin.io.kafka.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.purlin.io.kafka.source.Reads.Emitted;
import io.purlin.sdk.connector.SourceException;
import io.purlin.sdk.connector.SourceException.Kind;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaTimestampType;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read, from where until where, and what of it is remembered. */
class PartitionReaderTest {
  private final Reads reads = new Reads();
  private final FakeKafka kafka = reads.kafka;

  private void fill(String topic, int partitions, int each) {
    kafka.topic(topic, partitions);
    for (int i = 0; i < each; i++) {
      for (int partition = 0; partition < partitions; partition++) {
        kafka.add(topic, partition, topic + partition + ":" + i, 1_000 + i);
      }
    }
  }

  @Test
  void elementsAreWholeRecords() {
    kafka.topic("in", 1);
    kafka.add("in", 0, "v", 77);
    reads.start(Reads.read().withCreateTime(Duration.ZERO), 1);
    reads.drain();

    Emitted emitted = reads.emitted.get(0);
    assertThat(reads.emitted).hasSize(1);
    assertThat(emitted.timestampMillis()).isEqualTo(77);
    assertThat(emitted.record().getTopic()).isEqualTo("in");
    assertThat(emitted.record().getPartition()).isZero();
    assertThat(emitted.record().getOffset()).isZero();
    assertThat(emitted.record().getTimestamp()).isEqualTo(77);
    assertThat(emitted.record().getTimestampType()).isEqualTo(KafkaTimestampType.CREATE_TIME);
    assertThat(emitted.record().getKV().getKey()).isNull();
    assertThat(emitted.record().getKV().getValue()).isEqualTo("v");
    assertThat(new String(emitted.record().getHeaders().lastHeader("h").value(), UTF_8))
        .isEqualTo("v");
  }

  @Test
  void aPollEmitsNoMoreThanItIsAskedFor() {
    fill("in", 2, 10);
    reads.start(Reads.read(), 1);
    while (reads.emitted.size() < 20) {
      assertThat(reads.poll(0, 3)).isBetween(1, 3);
    }
    assertThat(reads.poll(0, 3)).isZero();
    assertThat(reads.readers.get(0).hasEnded()).isFalse();
  }

  @Test
  void anAnswerThatIsComingInIsReceived() {
    fill("in", 1, 1);
    reads.start(Reads.read(), 1);
    kafka.pollsUntilWhole = 4;

    assertThat(reads.poll(0, 10)).isEqualTo(1);
  }

  @Test
  void aLongAnswerDoesNotHoldTheTaskUp() {
    fill("in", 1, 1);
    reads.start(Reads.read(), 1);
    kafka.pollsUntilWhole = 1_000;

    assertThat(reads.poll(0, 10)).isZero();
    assertThat(kafka.polls).isLessThan(10);
  }

  @Test
  void whereNothingComesInTheConsumerIsPolledOnce() {
    fill("in", 1, 1);
    reads.start(Reads.read(), 1);
    reads.drain();
    kafka.polls = 0;

    assertThat(reads.poll(0, 10)).isZero();
    assertThat(kafka.polls).isEqualTo(1);
  }

  /** Also, and above all, while it is behind. */
  @Test
  void howFarAPartitionIsBehindIsToldEachSecond() throws IOException {
    fill("in", 2, 10);
    reads.start(Reads.read(), 1);
    Gauges gauges = new Gauges();
    Closeable scope = MetricsEnvironment.scopedMetricsContainer(gauges);
    try {
      reads.poll(0, 3);
      assertThat(gauges.values)
          .containsEntry("in-0.backlog_elements", 10L)
          .containsEntry("in-1.backlog_elements", 10L);
      reads.drain();
      assertThat(gauges.values).containsEntry("in-0.backlog_elements", 10L);
      kafka.add("in", 1, "more", 5_000);
      reads.now += 1_000;
      reads.poll(0, 3);
      assertThat(gauges.values)
          .containsEntry("in-0.backlog_elements", 0L)
          .containsEntry("in-1.backlog_elements", 1L);
    } finally {
      scope.close();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyRecordIsReadOnceWithAnyParallelism(long seed) {
    Random random = new Random(seed);
    fill("in", 5, 40);
    reads.start(Reads.read(), 1 + random.nextInt(4));
    List<Emitted> kept = new ArrayList<>();
    for (int restart = 0; restart < 12; restart++) {
      pollAtRandom(random);
      List<byte[]> positions = reads.positions();
      kept.addAll(reads.emitted);
      reads.emitted.clear();
      // What is read after the positions were taken is forgotten, as after a crash.
      pollAtRandom(random);
      reads.emitted.clear();
      int parallelism = 1 + random.nextInt(7);
      reads.start(Reads.read(), parallelism, java.util.Optional.of(positions));
    }
    reads.drain();
    kept.addAll(reads.emitted);

    Map<Integer, List<Long>> offsets = new HashMap<>();
    for (Emitted each : kept) {
      offsets
          .computeIfAbsent(each.record().getPartition(), partition -> new ArrayList<>())
          .add(each.record().getOffset());
    }
    assertThat(offsets).hasSize(5);
    for (List<Long> ofPartition : offsets.values()) {
      assertThat(ofPartition).hasSize(40).isSorted().doesNotHaveDuplicates();
    }
  }

  private void pollAtRandom(Random random) {
    for (int i = 0; i < 8; i++) {
      reads.poll(random.nextInt(reads.readers.size()), 1 + random.nextInt(4));
    }
  }

  @Test
  void aReaderIsDealtPartitionsInTurn() {
    fill("in", 3, 1);
    reads.start(Reads.read(), 2);
    while (reads.poll(1, 10) > 0) {}

    assertThat(reads.values()).containsExactly("in1:0");
  }

  @Test
  void withoutAStartItGoesOnWhereTheGroupWas() {
    fill("in", 2, 3);
    kafka.group.put(new TopicPartition("in", 0), 2L);
    reads.start(Reads.read().withConsumerConfigUpdates(Map.of("group.id", "g")), 1);
    reads.drain();

    assertThat(reads.values()).containsExactlyInAnyOrder("in0:2", "in1:0", "in1:1", "in1:2");
  }

  @Test
  void whereNothingIsKnownAutoOffsetResetSaysWhere() {
    fill("in", 1, 3);
    Map<String, Object> latest = Map.of("auto.offset.reset", "latest");
    reads.start(Reads.read().withConsumerConfigUpdates(latest), 1);
    kafka.add("in", 0, "new", 0);
    reads.drain();
    assertThat(reads.values()).containsExactly("new");

    Map<String, Object> none = Map.of("auto.offset.reset", "none");
    assertRefused(
        () -> reads.start(Reads.read().withConsumerConfigUpdates(none), 1), "somewhere:9092");
  }

  private static void assertRefused(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String part) {
    SourceException refused = catchThrowableOfType(SourceException.class, call);
    assertThat(refused).isNotNull().hasMessageContaining(part);
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused.stopsJob()).isTrue();
  }

  @Test
  void startAndStopTimesAreLookedUpOnceAndKept() {
    fill("in", 2, 10);
    KafkaIO.Read<String, String> read =
        Reads.read()
            .withStartReadTime(Instant.ofEpochMilli(1_002))
            .withStopReadTime(Instant.ofEpochMilli(1_005));
    reads.start(read, 1);
    reads.poll(0, 2);
    // Records that come later, older than the stop, change nothing.
    kafka.deleteBefore("in", 0, 2);
    reads.restart(read, 3);
    reads.drain();

    assertThat(reads.values())
        .containsExactlyInAnyOrder("in0:2", "in0:3", "in0:4", "in1:2", "in1:3", "in1:4");
    assertThat(reads.allEnded()).isTrue();
  }

  @Test
  void aStopBehindMarksOfTransactionsIsReached() {
    fill("in", 1, 2);
    kafka.addMarker("in", 0);
    kafka.add("in", 0, "later", 9_000);
    reads.start(Reads.read().withStopReadTime(Instant.ofEpochMilli(9_000)), 1);
    reads.drain();

    assertThat(reads.values()).containsExactly("in0:0", "in0:1");
    assertThat(reads.allEnded()).isTrue();
  }

  @Test
  void atATimeThatNoRecordHasTheReadIsRefused() {
    fill("in", 1, 2);
    assertRefused(
        () -> reads.start(Reads.read().withStartReadTime(Instant.ofEpochMilli(5_000)), 1),
        "in-0 has no record at or after");
  }

  @Test
  void recordsThatAreGoneArePassedOrEndTheJob() {
    fill("in", 1, 10);
    reads.start(Reads.read(), 1);
    reads.poll(0, 2);
    kafka.deleteBefore("in", 0, 5);
    reads.restart(Reads.read(), 1);
    reads.drain();
    assertThat(reads.values())
        .containsExactly("in0:0", "in0:1", "in0:5", "in0:6", "in0:7", "in0:8", "in0:9");

    kafka.add("in", 0, "gone", 0);
    kafka.add("in", 0, "there", 0);
    List<byte[]> positions = reads.positions();
    kafka.deleteBefore("in", 0, 11);
    Map<String, Object> none = Map.of("auto.offset.reset", "none");
    reads.start(Reads.read().withConsumerConfigUpdates(none), 1, java.util.Optional.of(positions));
    assertRefused(reads::drain, "in-0");
  }

  @Test
  void whatDoesNotExistIsRefusedUnlessThePipelineSaysOtherwise() {
    fill("in", 1, 1);
    assertRefused(
        () -> reads.start(Reads.read().withTopics(List.of("in", "nowhere")), 1),
        "somewhere:9092: there is no topic \"nowhere\"");
    assertRefused(
        () ->
            reads.start(
                read(KafkaIO.read())
                    .withTopicPartitions(
                        List.of(new TopicPartition("in", 0), new TopicPartition("in", 7))),
                1),
        "in-7");
    assertRefused(
        () -> reads.start(read(KafkaIO.read()).withTopicPattern("nothing.*"), 1), "nothing.*");

    reads.start(
        Reads.read().withTopics(List.of("in", "nowhere")).withTopicVerificationLogging(true), 1);
    reads.drain();
    assertThat(reads.values()).containsExactly("in0:0");
  }

  private static KafkaIO.Read<String, String> read(KafkaIO.Read<String, String> bare) {
    return bare.withBootstrapServers("somewhere:9092")
        .withKeyDeserializer(org.apache.kafka.common.serialization.StringDeserializer.class)
        .withValueDeserializer(org.apache.kafka.common.serialization.StringDeserializer.class)
        .withConsumerConfigUpdates(Map.of("auto.offset.reset", "earliest"));
  }

  @Test
  void partitionsThatThePipelineNamesNoMoreAreNotRead() {
    fill("in", 1, 2);
    fill("other", 1, 2);
    reads.start(Reads.read().withTopics(List.of("in", "other")), 1);
    reads.restart(Reads.read(), 1);
    reads.drain();

    assertThat(reads.values()).containsExactly("in0:0", "in0:1");
  }

  @Test
  void aRecordThatCannotBeDeserialisedIsNamed() {
    fill("in", 1, 1);
    reads.start(Reads.read().withValueDeserializer(PickyDeserializer.class), 1);
    assertThatThrownBy(reads::drain)
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("topic 'in', partition 0, offset 0 cannot be deserialised");
  }

  /** Takes nothing. */
  public static final class PickyDeserializer
      extends org.apache.kafka.common.serialization.StringDeserializer {
    @Override
    public String deserialize(String topic, byte[] data) {
      throw new org.apache.kafka.common.errors.SerializationException("not this one");
    }
  }

  @Test
  void closingClosesTheConsumer() {
    fill("in", 1, 1);
    reads.start(Reads.read(), 1);
    reads.readers.get(0).close();

    assertThat(kafka.consumers).allSatisfy(consumer -> assertThat(consumer.closed()).isTrue());
  }

  /** A task that is told to stop is interrupted, and closes what it has. */
  @Test
  void closingWhileInterruptedClosesTheConsumerAndStaysInterrupted() {
    fill("in", 1, 1);
    reads.start(Reads.read(), 1);
    Thread.currentThread().interrupt();
    reads.readers.get(0).close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(kafka.consumers).allSatisfy(consumer -> assertThat(consumer.closed()).isTrue());
  }
}
