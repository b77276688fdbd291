package io.purlin.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What the consumer group is told, and when. */
class GroupOffsetsTest {
  private final Reads reads = new Reads();
  private final FakeKafka kafka = reads.kafka;

  private static KafkaIO.Read<String, String> committing() {
    return Reads.read()
        .withConsumerConfigUpdates(Map.of("group.id", "g"))
        .commitOffsetsInFinalize();
  }

  private void fill(String topic, int partitions, int each) {
    kafka.topic(topic, partitions);
    for (int i = 0; i < each; i++) {
      for (int partition = 0; partition < partitions; partition++) {
        kafka.add(topic, partition, "value " + i, 1_000 + i);
      }
    }
  }

  @Test
  void offsetsAreCommittedToTheGroupOnlyAfterTheCheckpoint() {
    fill("in", 2, 4);
    TopicPartition first = new TopicPartition("in", 0);
    TopicPartition second = new TopicPartition("in", 1);
    reads.start(committing(), 1);
    reads.drain();
    reads.positions();
    kafka.add("in", 0, "after the barrier", 0);
    reads.drain();
    assertThat(kafka.commits).isEmpty();

    reads.readers.get(0).positionsCommitted();
    assertThat(kafka.commits).containsExactly(Map.of(first, 4L, second, 4L));

    // Only what has moved is told again, and all of it after a failure.
    reads.positions();
    kafka.commitsFail = true;
    reads.readers.get(0).positionsCommitted();
    kafka.commitsFail = false;
    reads.positions();
    reads.readers.get(0).positionsCommitted();
    assertThat(kafka.commits.get(1)).isEqualTo(Map.of(first, 5L, second, 4L));
    reads.positions();
    reads.readers.get(0).positionsCommitted();
    assertThat(kafka.commits).hasSize(2);
  }

  /** What starts next may start where the group is. */
  @Test
  void whatTheGroupHasNotHeardOfIsToldBeforeTheEnd() {
    fill("in", 2, 4);
    reads.start(committing(), 1);
    reads.drain();
    reads.positions();
    kafka.commitsFail = true;
    reads.readers.get(0).positionsCommitted();
    kafka.commitsFail = false;
    // Read, and in no checkpoint.
    kafka.add("in", 0, "after the barrier", 0);
    reads.drain();
    reads.positions();
    Thread.currentThread().interrupt();
    reads.readers.get(0).close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(kafka.group)
        .isEqualTo(Map.of(new TopicPartition("in", 0), 4L, new TopicPartition("in", 1), 4L));
  }

  @Test
  void whatTheGroupHasHeardOfIsNotToldAgainAtTheEnd() {
    fill("in", 2, 4);
    reads.start(committing(), 1);
    reads.drain();
    reads.positions();
    reads.readers.get(0).positionsCommitted();
    reads.readers.get(0).close();

    assertThat(kafka.commits).hasSize(1);
  }

  @Test
  void aGroupThatCannotBeToldDoesNotKeepTheReaderOpen() {
    fill("in", 1, 1);
    reads.start(committing(), 1);
    reads.drain();
    reads.positions();
    kafka.commitsFail = true;
    reads.readers.get(0).positionsCommitted();
    reads.readers.get(0).close();

    assertThat(kafka.consumers).allSatisfy(consumer -> assertThat(consumer.closed()).isTrue());
  }

  @Test
  void withoutThatNothingIsCommitted() {
    fill("in", 1, 1);
    reads.start(Reads.read().withConsumerConfigUpdates(Map.of("group.id", "g")), 1);
    reads.drain();
    reads.positions();
    reads.readers.get(0).positionsCommitted();

    assertThat(kafka.commits).isEmpty();
  }
}
