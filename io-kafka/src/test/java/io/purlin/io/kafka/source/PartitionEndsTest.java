package io.purlin.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.io.kafka.KafkaRecord;
import org.apache.beam.sdk.io.kafka.TimestampPolicy;
import org.apache.beam.sdk.io.kafka.TimestampPolicyFactory;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.TimestampType;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** Watermarks of partitions, their ends, and partitions that come later. */
class PartitionEndsTest {
  private static final long MIN = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private static final long WATCH_MILLIS = 60_000;

  private final Reads reads = new Reads();
  private final FakeKafka kafka = reads.kafka;

  PartitionEndsTest() {
    reads
        .options
        .as(KafkaSourceOptions.class)
        .setKafkaPartitionDiscoveryIntervalMillis(WATCH_MILLIS);
  }

  /** The newest timestamp is the watermark; a record "end" ends the time of its partition. */
  private static final class EndsWithMark implements TimestampPolicyFactory<String, String> {
    private static final long serialVersionUID = 1L;

    @Override
    public TimestampPolicy<String, String> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previous) {
      return new TimestampPolicy<>() {
        private Instant watermark = previous.orElse(BoundedWindow.TIMESTAMP_MIN_VALUE);

        @Override
        public Instant getTimestampForRecord(
            PartitionContext context, KafkaRecord<String, String> record) {
          Instant time = Instant.ofEpochMilli(record.getTimestamp());
          boolean end = "end".equals(record.getKV().getValue());
          watermark = end ? BoundedWindow.TIMESTAMP_MAX_VALUE : time;
          return time;
        }

        @Override
        public Instant getWatermark(PartitionContext context) {
          return watermark;
        }
      };
    }
  }

  private static KafkaIO.Read<String, String> ending() {
    return Reads.read().withTimestampPolicyFactory(new EndsWithMark());
  }

  private long watermark(int reader) {
    return reads.readers.get(reader).watermarkMillis();
  }

  @Test
  void theWatermarkIsTheLeastOfThePartitions() {
    kafka.topic("in", 2);
    kafka.add("in", 0, "a", 50);
    kafka.add("in", 1, "b", 20);
    reads.start(ending(), 1);
    assertThat(watermark(0)).isEqualTo(MIN);
    reads.drain();

    assertThat(watermark(0)).isEqualTo(20);
  }

  @Test
  void theSourceEndsWhenAllPartitionsHaveEnded() {
    kafka.topic("in", 2);
    kafka.add("in", 0, "end", 50);
    kafka.add("in", 1, "b", 20);
    reads.start(ending(), 3);
    reads.drain();
    assertThat(reads.readers).noneMatch(reader -> reader.hasEnded());
    assertThat(watermark(0)).as("follows the others").isEqualTo(20);
    assertThat(watermark(2)).as("has no partition and follows the others").isEqualTo(20);

    kafka.add("in", 1, "end", 30);
    reads.drain();
    assertThat(reads.allEnded()).isTrue();
    reads.restart(ending(), 2);
    reads.drain();
    assertThat(reads.allEnded()).as("what has ended stays so").isTrue();
    assertThat(reads.emitted).hasSize(3);
  }

  @Test
  void anEndThatWasSaidBeforeTheCheckpointEndsThePartitionAfterIt() {
    kafka.topic("in", 1);
    kafka.add("in", 0, "a", 10);
    kafka.add("in", 0, "end", 20);
    reads.start(ending(), 1);
    reads.poll(0, 2);
    assertThat(reads.readers.get(0).hasEnded()).isFalse();
    assertThat(watermark(0)).as("the end of time comes with the end").isLessThan(20);
    reads.restart(ending(), 1);
    reads.drain();

    assertThat(reads.allEnded()).isTrue();
    assertThat(reads.emitted).hasSize(2);
  }

  @Test
  void whatStandsBehindTheEndOfTimeIsReadStill() {
    kafka.topic("in", 1);
    kafka.add("in", 0, "end", 20);
    kafka.add("in", 0, "after", 30);
    reads.start(ending(), 1);
    reads.poll(0, 1);
    reads.drain();

    assertThat(reads.values()).containsExactly("end", "after");
  }

  @Test
  void createTimeOfAnIdlePartitionFollowsTheClock() {
    kafka.topic("in", 1);
    kafka.add("in", 0, "a", Reads.NOW - 90_000);
    reads.start(Reads.read().withCreateTime(Duration.standardSeconds(10)), 1);
    kafka.endsFail = true;
    reads.drain();
    assertThat(watermark(0)).as("while the end is not known").isEqualTo(Reads.NOW - 100_000);

    kafka.endsFail = false;
    reads.now += 2_000;
    reads.drain();
    assertThat(watermark(0)).isEqualTo(Reads.NOW + 2_000 - 10_000);
  }

  @Test
  void logAppendTimeOfAnIdlePartitionFollowsTheLookAtItsEnd() {
    kafka.topic("in", 1);
    kafka.add("in", 0, "a", Reads.NOW - 90_000, TimestampType.LOG_APPEND_TIME);
    // What is no record is passed: it must not count as a backlog for ever.
    kafka.addMarker("in", 0);
    reads.start(Reads.read().withLogAppendTime(), 1);
    reads.drain();
    assertThat(watermark(0)).isEqualTo(Reads.NOW - 2_000);
    long looked = reads.now;
    reads.now += 500;
    reads.drain();
    assertThat(watermark(0)).as("looked up once a second").isEqualTo(looked - 2_000);

    reads.now += 1_000;
    kafka.add("in", 0, "b", Reads.NOW - 1_000, TimestampType.LOG_APPEND_TIME);
    reads.drain();
    assertThat(reads.emitted.get(1).timestampMillis()).isEqualTo(Reads.NOW - 1_000);
  }

  /** What moves on without records is not to wait until the others have none. */
  @Test
  void beforeLongAQuietPartitionIsSeenBesideABusyOne() {
    kafka.topic("in", 2);
    kafka.add("in", 1, "a", Reads.NOW - 90_000);
    reads.start(Reads.read().withCreateTime(Duration.standardSeconds(10)), 1);
    reads.drain();
    // What a transaction leaves behind is no record.
    kafka.addMarker("in", 1);
    pollBesideBusy(200);

    assertThat(nextOf(1)).as("past the mark").isEqualTo(2);
    // Its end is looked up once a second.
    assertThat(watermark(0)).isGreaterThan(reads.now - 10_000 - 1_100);
  }

  private void pollBesideBusy(int polls) {
    for (int i = 0; i < polls; i++) {
      reads.now += 10;
      kafka.add("in", 0, "busy", reads.now);
      assertThat(reads.poll(0, 10)).isPositive();
    }
  }

  private long nextOf(int partition) {
    return reads.positions().stream()
        .map(Position::decode)
        .filter(each -> each.partition().partition() == partition)
        .findFirst()
        .orElseThrow()
        .next();
  }

  @Test
  void aPollOfSomePartitionsDoesNotAskForTheOthers() {
    AtomicInteger asked = new AtomicInteger();
    kafka.topic("in", 2);
    reads.start(Reads.read().withTimestampPolicyFactory(new Asked(asked)), 1);
    reads.drain();
    asked.set(0);
    for (int i = 0; i < 100; i++) {
      kafka.add("in", 0, "busy", 10);
      assertThat(reads.poll(0, 10)).isPositive();
    }

    assertThat(asked.get()).isZero();
  }

  /** Counts how often the policy of partition 1 is asked how far it is. */
  @SuppressWarnings("serial") // is never serialized
  private static final class Asked implements TimestampPolicyFactory<String, String> {
    private final transient AtomicInteger count;

    Asked(AtomicInteger count) {
      this.count = count;
    }

    @Override
    public TimestampPolicy<String, String> createTimestampPolicy(
        TopicPartition partition, Optional<Instant> previous) {
      return new TimestampPolicy<>() {
        @Override
        public Instant getTimestampForRecord(
            PartitionContext context, KafkaRecord<String, String> record) {
          return Instant.ofEpochMilli(record.getTimestamp());
        }

        @Override
        public Instant getWatermark(PartitionContext context) {
          count.addAndGet(partition.partition());
          return BoundedWindow.TIMESTAMP_MIN_VALUE;
        }
      };
    }
  }

  @Test
  void aPolicyThatDoesNotAskCostsNoQuestions() {
    kafka.topic("in", 1);
    reads.start(Reads.read(), 1);
    int before = kafka.askedForTopics;
    reads.drain();

    assertThat(kafka.askedForTopics).isEqualTo(before);
  }

  @Test
  void aNewPartitionIsReadFromItsBeginningByOneReader() {
    kafka.topic("in", 2);
    reads.start(latest(Reads.read()), 2);
    reads.drain();
    kafka.topic("in", 5);
    kafka.add("in", 4, "early", 10);
    reads.drain();
    assertThat(reads.values()).isEmpty();

    reads.now += WATCH_MILLIS;
    reads.drain();
    assertThat(reads.values()).containsExactly("early");
    reads.restart(latest(Reads.read()), 3);
    kafka.add("in", 4, "next", 10);
    kafka.add("in", 2, "other", 10);
    reads.drain();
    assertThat(reads.values()).containsExactlyInAnyOrder("early", "next", "other");
  }

  private static KafkaIO.Read<String, String> latest(KafkaIO.Read<String, String> read) {
    return read.withConsumerConfigUpdates(java.util.Map.of("auto.offset.reset", "latest"));
  }

  @Test
  void aTopicThatComesToMatchIsReadWholeAndOneThatIsListedSinceIsNot() {
    kafka.topic("in", 1);
    KafkaIO.Read<String, String> pattern =
        latest(Reads.read().withTopics(List.of()).withTopicPattern("in.*"));
    reads.start(pattern, 1);
    reads.drain();
    kafka.topic("in2", 1);
    kafka.add("in2", 0, "matches", 10);
    // A restarted job looks at once.
    reads.restart(pattern, 1);
    reads.drain();
    assertThat(reads.values()).containsExactly("matches");

    reads.emitted.clear();
    reads.start(latest(Reads.read()), 1);
    reads.restart(latest(Reads.read().withTopics(List.of("in", "in2"))), 1);
    reads.drain();
    assertThat(reads.values()).as("listed since").isEmpty();
    kafka.add("in2", 0, "new", 10);
    reads.drain();
    assertThat(reads.values()).containsExactly("new");
  }

  @Test
  void thePipelinesOwnIntervalWinsAndAStopTimeEndsTheWatch() {
    kafka.topic("in", 1);
    kafka.add("in", 0, "a", 10);
    reads.start(Reads.read().withDynamicRead(Duration.millis(5)), 1);
    reads.drain();
    kafka.topic("in", 2);
    kafka.add("in", 1, "b", 10);
    reads.now += 5;
    reads.drain();
    assertThat(reads.values()).containsExactly("a", "b");

    int before = kafka.askedForTopics;
    reads.start(Reads.read().withStopReadTime(Instant.ofEpochMilli(10)), 1);
    reads.now += WATCH_MILLIS;
    reads.drain();
    assertThat(kafka.askedForTopics).isEqualTo(before + 1);
    assertThat(reads.allEnded()).isTrue();
  }
}
