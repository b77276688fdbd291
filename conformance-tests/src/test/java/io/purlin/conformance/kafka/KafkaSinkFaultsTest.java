package io.purlin.conformance.kafka;

import static io.purlin.conformance.kafka.SinkRun.EVENT_TIME;
import static io.purlin.conformance.kafka.SinkRun.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import io.purlin.sdk.connector.SinkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/**
 * The sink's promises when runs, transactions, records or the broker fail. Each test has a job of
 * its own.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KafkaSinkFaultsTest {
  private static EmbeddedBroker broker;

  private SinkJobAtBroker job = new SinkJobAtBroker("", "");

  @BeforeAll
  static void start() {
    broker = EmbeddedBroker.start();
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @BeforeEach
  void createTopic(TestInfo test) {
    job =
        new SinkJobAtBroker(
            test.getTestMethod().orElseThrow().getName(), broker.bootstrapServers());
    job.committed.create(job.topic, 1);
  }

  @Test
  void whatACrashLeftPreparedIsAbortedAndThePreviousCheckpointAnswered() throws Exception {
    // Never closed while the test looks: a process that has died closes nothing either.
    SinkRun crashed = job.run().begun();
    SinkWriter<ProducerRecord<String, String>> writer = crashed.writer();
    writer.write(job.record("k", "one"), EVENT_TIME);
    writer.endEpoch();
    crashed.checkpoint(id(1));
    writer.write(job.record("k", "two"), EVENT_TIME);
    writer.endEpoch();
    crashed.coordinator.prepare(new CheckpointId(2, "lost"));
    try (SinkRun next = job.run()) {
      assertThat(next.recover()).contains(id(1));
      assertThat(job.committed.values(job.topic)).containsExactly("one");
      SinkWriter<ProducerRecord<String, String>> replay = next.writer();
      replay.write(job.record("k", "two"), EVENT_TIME);
      replay.endEpoch();
      next.checkpoint(id(2));
      assertThat(job.committed.values(job.topic)).containsExactly("one", "two");
    }
    crashed.close();
    assertThat(job.committed.values(job.topic)).containsExactly("one", "two");
  }

  @Test
  void aZombieIsFencedWhenItPreparesAndStops() throws Exception {
    try (SinkRun zombie = job.run().begun();
        SinkRun next = job.run()) {
      SinkWriter<ProducerRecord<String, String>> writer = zombie.writer();
      writer.write(job.record("k", "zombie"), EVENT_TIME);
      // Sent while it may: a send that is refused may be known before anything is prepared.
      writer.endBundle();
      assertThat(next.recover()).contains(id(0));
      writer.endEpoch();
      SinkException fenced = SinkJobAtBroker.failure(() -> zombie.coordinator.prepare(id(1)));
      assertThat(fenced.kind()).isEqualTo(Kind.FENCED);
      assertThat(fenced.stopsJob()).isTrue();
      assertThat(fenced).hasMessageContaining(broker.bootstrapServers());
      next.checkpoint(id(1));
    }
    assertThat(job.committed.values(job.topic)).isEmpty();
  }

  @Test
  void aZombieIsFencedWhenItCommitsEvenAfterTheNextRunHasCommitted() throws Exception {
    try (SinkRun zombie = job.run().begun();
        SinkRun next = job.run()) {
      SinkWriter<ProducerRecord<String, String>> writer = zombie.writer();
      writer.write(job.record("k", "zombie"), EVENT_TIME);
      writer.endEpoch();
      zombie.coordinator.prepare(id(1));
      assertThat(next.recover()).contains(id(0));
      next.checkpoint(new CheckpointId(1, "of-the-next-run"));
      SinkException fenced = SinkJobAtBroker.failure(() -> zombie.coordinator.commit(id(1)));
      assertThat(fenced.kind()).isEqualTo(Kind.FENCED);
    }
    assertThat(job.committed.values(job.topic)).isEmpty();
    try (SinkRun last = job.run()) {
      assertThat(last.recover()).contains(new CheckpointId(1, "of-the-next-run"));
    }
  }

  @Test
  void aTransactionThatTimedOutIsReplayed() throws Exception {
    try (SinkRun slow = job.run(Map.of("transaction.timeout.ms", 1000)).begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = slow.writer();
      writer.write(job.record("k", "late"), EVENT_TIME);
      writer.endEpoch();
      slow.coordinator.prepare(id(1));
      job.committed.awaitNoTransaction(job.topic);
      SinkException timedOut = SinkJobAtBroker.failure(() -> slow.coordinator.commit(id(1)));
      assertThat(timedOut.kind()).as(timedOut.getMessage()).isEqualTo(Kind.TIMED_OUT);
      assertThat(timedOut.stopsJob()).isFalse();
    }
    assertThat(job.committed.values(job.topic)).containsExactly("sentinel");
    try (SinkRun next = job.run()) {
      assertThat(next.recover()).contains(id(0));
    }
  }

  @Test
  void aSendThatFailsSurfacesWhenPreparedAndNamesItsTopic() throws Exception {
    try (SinkRun run = job.run(Map.of("max.block.ms", 5000)).begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(job.record("k", "good"), EVENT_TIME);
      writer.write(new ProducerRecord<>("no-such-topic", "k", "bad"), EVENT_TIME);
      SinkException failed =
          SinkJobAtBroker.failure(
              () -> {
                writer.endEpoch();
                run.coordinator.prepare(id(1));
              });
      assertThat(failed.kind()).isEqualTo(Kind.NOT_WRITTEN);
      assertThat(failed)
          .hasMessageContaining("no-such-topic")
          .hasMessageContaining(broker.bootstrapServers());
    }
    assertThat(job.committed.values(job.topic)).isEmpty();
  }

  @Test
  void aRecordThatIsTooLargeIsRefused() throws Exception {
    String small = job.topic + "-small";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic request = new NewTopic(small, 1, (short) 1);
      request.configs(Map.of("max.message.bytes", "1000"));
      admin.createTopics(Set.of(request)).all().get();
    }
    try (SinkRun run = job.run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(new ProducerRecord<>(small, "k", "x".repeat(5000)), EVENT_TIME);
      SinkException failed =
          SinkJobAtBroker.failure(
              () -> {
                writer.endEpoch();
                run.coordinator.prepare(id(1));
              });
      assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failed).hasMessageContaining(small);
    }
  }

  @Test
  void aBrokerThatIsKilledInTheMiddleOfAnEpochLosesNothing() throws Exception {
    try (SinkRun run = job.run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      for (int i = 0; i < 1000; i++) {
        writer.write(job.record("k", Integer.toString(i)), EVENT_TIME);
      }
      broker.kill();
      // Clients of 4.x forget where the topic is and wait for a broker while they write.
      CompletableFuture<Void> back = CompletableFuture.runAsync(broker::restart);
      for (int i = 1000; i < 1100; i++) {
        writer.write(job.record("k", Integer.toString(i)), EVENT_TIME);
      }
      back.get();
      writer.endEpoch();
      run.checkpoint(id(1));
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      expected.add(Integer.toString(i));
    }
    assertThat(job.committed.values(job.topic)).isEqualTo(expected);
  }

  @Test
  void aBrokerThatIsKilledBetweenPrepareAndCommitStillCommits() throws Exception {
    try (SinkRun run = job.run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(job.record("k", "v"), EVENT_TIME);
      writer.endEpoch();
      run.coordinator.prepare(id(1));
      broker.kill();
      broker.restart();
      run.coordinator.commit(id(1));
    }
    assertThat(job.committed.values(job.topic)).containsExactly("v");
  }
}
