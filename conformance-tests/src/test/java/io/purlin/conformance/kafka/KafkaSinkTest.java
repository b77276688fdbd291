package io.purlin.conformance.kafka;

import static io.purlin.conformance.kafka.SinkRun.EVENT_TIME;
import static io.purlin.conformance.kafka.SinkRun.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import io.purlin.sdk.connector.SinkWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** The sink's promises, against a broker that can be killed. Each test has a job of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KafkaSinkTest {
  private static EmbeddedBroker broker;

  private String job = "";
  private String topic = "";
  private CommittedRecords committed = new CommittedRecords("");

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
    job = test.getTestMethod().orElseThrow().getName();
    topic = job + "-out";
    committed = new CommittedRecords(broker.bootstrapServers());
    committed.create(topic, 1);
  }

  private SinkRun run(Map<String, Object> settings) {
    return SinkRun.of(job, Guarantee.EXACTLY_ONCE, transform(settings));
  }

  private SinkRun run() {
    return run(Map.of());
  }

  private KafkaIO.WriteRecords<String, String> transform(Map<String, Object> settings) {
    return SinkRun.write(broker.bootstrapServers(), topic, settings);
  }

  private ProducerRecord<String, String> record(String key, String value) {
    return new ProducerRecord<>(topic, key, value);
  }

  @Test
  void recordsAndTheirCheckpointAreCommittedTogether() throws Exception {
    String other = topic + "-other";
    committed.create(other, 3);
    try (SinkRun run = run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(record("k", "plain"), EVENT_TIME);
      ProducerRecord<String, String> full = new ProducerRecord<>(other, 2, 77L, "k", "full");
      full.headers().add("h", "x".getBytes(UTF_8));
      writer.write(full, EVENT_TIME);
      writer.endBundle();
      writer.endEpoch();
      run.coordinator.prepare(id(1));
      assertThat(committed.values(topic)).isEmpty();
      assertThat(run.coordinator.openTransactions()).hasSize(1);
      run.coordinator.commit(id(1));
      assertThat(run.coordinator.openTransactions()).isEmpty();
    }
    assertThat(committed.values(topic)).containsExactly("plain");
    ConsumerRecord<byte[], byte[]> read = committed.records(other).get(0);
    assertThat(new String(read.value(), UTF_8)).isEqualTo("full");
    assertThat(read.partition()).isEqualTo(2);
    assertThat(read.timestamp()).isEqualTo(77L);
    assertThat(new String(read.headers().lastHeader("h").value(), UTF_8)).isEqualTo("x");
    try (SinkRun next = run()) {
      assertThat(next.recover()).contains(id(1));
    }
  }

  @Test
  void aNewJobHasCommittedNothing() {
    try (SinkRun run = run()) {
      assertThat(run.recover()).isEmpty();
    }
    // Taking over alone commits no checkpoint.
    try (SinkRun run = run()) {
      assertThat(run.recover()).isEmpty();
    }
  }

  @Test
  void publishTimestampFunctionSeesTheEventTime() throws Exception {
    KafkaIO.WriteRecords<String, String> withTime = transform(Map.of()).withInputTimestamp();
    try (SinkRun run = SinkRun.of(job, Guarantee.EXACTLY_ONCE, withTime).begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(record("k", "v"), EVENT_TIME);
      writer.endEpoch();
      run.checkpoint(id(1));
    }
    assertThat(committed.records(topic))
        .singleElement()
        .satisfies(read -> assertThat(read.timestamp()).isEqualTo(EVENT_TIME.getMillis()));
  }

  @Test
  void whatACrashLeftPreparedIsAbortedAndThePreviousCheckpointAnswered() throws Exception {
    // Never closed while the test looks: a process that has died closes nothing either.
    SinkRun crashed = run().begun();
    SinkWriter<ProducerRecord<String, String>> writer = crashed.writer();
    writer.write(record("k", "one"), EVENT_TIME);
    writer.endEpoch();
    crashed.checkpoint(id(1));
    writer.write(record("k", "two"), EVENT_TIME);
    writer.endEpoch();
    crashed.coordinator.prepare(new CheckpointId(2, "lost"));
    try (SinkRun next = run()) {
      assertThat(next.recover()).contains(id(1));
      assertThat(committed.values(topic)).containsExactly("one");
      SinkWriter<ProducerRecord<String, String>> replay = next.writer();
      replay.write(record("k", "two"), EVENT_TIME);
      replay.endEpoch();
      next.checkpoint(id(2));
      assertThat(committed.values(topic)).containsExactly("one", "two");
    }
    crashed.close();
    assertThat(committed.values(topic)).containsExactly("one", "two");
  }

  @Test
  void aZombieIsFencedWhenItPreparesAndStops() throws Exception {
    try (SinkRun zombie = run().begun();
        SinkRun next = run()) {
      SinkWriter<ProducerRecord<String, String>> writer = zombie.writer();
      writer.write(record("k", "zombie"), EVENT_TIME);
      assertThat(next.recover()).contains(id(0));
      writer.endEpoch();
      SinkException fenced = failure(() -> zombie.coordinator.prepare(id(1)));
      assertThat(fenced.kind()).isEqualTo(Kind.FENCED);
      assertThat(fenced.stopsJob()).isTrue();
      assertThat(fenced).hasMessageContaining(broker.bootstrapServers());
      next.checkpoint(id(1));
    }
    assertThat(committed.values(topic)).isEmpty();
  }

  @Test
  void aZombieIsFencedWhenItCommitsEvenAfterTheNextRunHasCommitted() throws Exception {
    try (SinkRun zombie = run().begun();
        SinkRun next = run()) {
      SinkWriter<ProducerRecord<String, String>> writer = zombie.writer();
      writer.write(record("k", "zombie"), EVENT_TIME);
      writer.endEpoch();
      zombie.coordinator.prepare(id(1));
      assertThat(next.recover()).contains(id(0));
      next.checkpoint(new CheckpointId(1, "of-the-next-run"));
      SinkException fenced = failure(() -> zombie.coordinator.commit(id(1)));
      assertThat(fenced.kind()).isEqualTo(Kind.FENCED);
    }
    assertThat(committed.values(topic)).isEmpty();
    try (SinkRun last = run()) {
      assertThat(last.recover()).contains(new CheckpointId(1, "of-the-next-run"));
    }
  }

  @Test
  void aTransactionThatTimedOutIsReplayed() throws Exception {
    try (SinkRun slow = run(Map.of("transaction.timeout.ms", 1000)).begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = slow.writer();
      writer.write(record("k", "late"), EVENT_TIME);
      writer.endEpoch();
      slow.coordinator.prepare(id(1));
      committed.awaitNoTransaction(topic);
      SinkException timedOut = failure(() -> slow.coordinator.commit(id(1)));
      assertThat(timedOut.kind()).as(timedOut.getMessage()).isEqualTo(Kind.TIMED_OUT);
      assertThat(timedOut.stopsJob()).isFalse();
    }
    assertThat(committed.values(topic)).containsExactly("sentinel");
    try (SinkRun next = run()) {
      assertThat(next.recover()).contains(id(0));
    }
  }

  @Test
  void aSendThatFailsSurfacesWhenPreparedAndNamesItsTopic() throws Exception {
    try (SinkRun run = run(Map.of("max.block.ms", 5000)).begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(record("k", "good"), EVENT_TIME);
      writer.write(new ProducerRecord<>("no-such-topic", "k", "bad"), EVENT_TIME);
      SinkException failed =
          failure(
              () -> {
                writer.endEpoch();
                run.coordinator.prepare(id(1));
              });
      assertThat(failed.kind()).isEqualTo(Kind.NOT_WRITTEN);
      assertThat(failed)
          .hasMessageContaining("no-such-topic")
          .hasMessageContaining(broker.bootstrapServers());
    }
    assertThat(committed.values(topic)).isEmpty();
  }

  @Test
  void aRecordThatIsTooLargeIsRefused() throws Exception {
    String small = topic + "-small";
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic request = new NewTopic(small, 1, (short) 1);
      request.configs(Map.of("max.message.bytes", "1000"));
      admin.createTopics(Set.of(request)).all().get();
    }
    try (SinkRun run = run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(new ProducerRecord<>(small, "k", "x".repeat(5000)), EVENT_TIME);
      SinkException failed =
          failure(
              () -> {
                writer.endEpoch();
                run.coordinator.prepare(id(1));
              });
      assertThat(failed.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failed).hasMessageContaining(small);
    }
  }

  @Test
  void orderOfAKeyHoldsOverEpochsAndTasksWaitForTheCommit() throws Exception {
    int epochs = 20;
    int tasks = 3;
    int each = 200;
    try (SinkRun run = run().begun()) {
      List<SinkWriter<ProducerRecord<String, String>>> writers = new ArrayList<>();
      for (int task = 0; task < tasks; task++) {
        writers.add(run.writer());
      }
      List<CompletableFuture<Void>> epoch = new ArrayList<>();
      for (int number = 1; number <= epochs; number++) {
        int from = (number - 1) * each;
        epoch.clear();
        for (int task = 0; task < tasks; task++) {
          SinkWriter<ProducerRecord<String, String>> writer = writers.get(task);
          String key = "task" + task;
          epoch.add(CompletableFuture.runAsync(() -> write(writer, key, from, from + each)));
        }
        // The next epoch's records are on offer while this one is prepared: none may slip in.
        CompletableFuture.allOf(epoch.toArray(new CompletableFuture<?>[0])).get();
        assertThat(writers).allSatisfy(writer -> assertThat(writer.isOpen()).isFalse());
        CompletableFuture<Void> eager =
            CompletableFuture.runAsync(() -> eager(writers.get(0), "eager"));
        run.checkpoint(id(number));
        eager.get();
        assertThat(committed.values(topic).stream().filter("eager"::equals))
            .as("eager records after checkpoint %s", number)
            .hasSize(number - 1);
        assertThat(writers).allSatisfy(writer -> assertThat(writer.isOpen()).isTrue());
      }
      writers.forEach(SinkWriter::endEpoch);
      run.checkpoint(id(epochs + 1));
    }
    Map<String, Integer> next = new HashMap<>();
    for (String value : committed.values(topic)) {
      String[] parts = value.split(":", 2);
      if (!parts[0].equals("eager")) {
        assertThat(Integer.parseInt(parts[1])).isEqualTo(next.getOrDefault(parts[0], 0));
      }
      next.merge(parts[0], 1, Integer::sum);
    }
    assertThat(next.values()).containsExactlyInAnyOrder(4000, 4000, 4000, epochs);
  }

  private void write(
      SinkWriter<ProducerRecord<String, String>> writer, String key, int from, int to) {
    for (int i = from; i < to; i++) {
      eager(writer, key + ":" + i);
    }
    writer.endEpoch();
  }

  private void eager(SinkWriter<ProducerRecord<String, String>> writer, String value) {
    try {
      writer.write(record("one key", value), EVENT_TIME);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aBrokerThatIsKilledInTheMiddleOfAnEpochLosesNothing() throws Exception {
    try (SinkRun run = run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      for (int i = 0; i < 1000; i++) {
        writer.write(record("k", Integer.toString(i)), EVENT_TIME);
      }
      broker.kill();
      // Clients of 4.x forget where the topic is and wait for a broker while they write.
      CompletableFuture<Void> back = CompletableFuture.runAsync(broker::restart);
      for (int i = 1000; i < 1100; i++) {
        writer.write(record("k", Integer.toString(i)), EVENT_TIME);
      }
      back.get();
      writer.endEpoch();
      run.checkpoint(id(1));
    }
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 1100; i++) {
      expected.add(Integer.toString(i));
    }
    assertThat(committed.values(topic)).isEqualTo(expected);
  }

  @Test
  void aBrokerThatIsKilledBetweenPrepareAndCommitStillCommits() throws Exception {
    try (SinkRun run = run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(record("k", "v"), EVENT_TIME);
      writer.endEpoch();
      run.coordinator.prepare(id(1));
      broker.kill();
      broker.restart();
      run.coordinator.commit(id(1));
    }
    assertThat(committed.values(topic)).containsExactly("v");
  }

  @Test
  void theLastOfManyCheckpointsIsFound() {
    try (SinkRun run = run().begun()) {
      for (int number = 1; number <= 400; number++) {
        run.checkpoint(id(number));
      }
    }
    // Runs that take over and commit nothing add records behind the last marker.
    for (int attempt = 0; attempt < 3; attempt++) {
      try (SinkRun next = run()) {
        assertThat(next.recover()).contains(id(400));
      }
    }
  }

  @Test
  void aTaskThatWaitsFailsWhenTheSinkIsClosed() throws Exception {
    SinkRun run = run().begun();
    SinkWriter<ProducerRecord<String, String>> writer = run.writer();
    writer.endEpoch();
    CompletableFuture<SinkException> waiting =
        CompletableFuture.supplyAsync(
            () -> failure(() -> writer.write(record("k", "v"), EVENT_TIME)));
    run.close();
    assertThat(waiting.get().kind()).isEqualTo(Kind.CLOSED);
  }

  @Test
  void aCheckpointThatAWriterHasNotReachedIsNotPrepared() {
    try (SinkRun run = run().begun()) {
      run.writer().endEpoch();
    }
    try (SinkRun run = run()) {
      run.recover();
      SinkWriter<ProducerRecord<String, String>> reached = run.writer();
      run.writer();
      reached.endEpoch();
      assertThatThrownBy(() -> run.coordinator.prepare(id(1)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("1 writers");
    }
  }

  @Test
  void aCommitTopicThatForgetsIsRefused() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      NewTopic request = new NewTopic("purlin-" + job + "-commits", 1, (short) 1);
      request.configs(Map.of("cleanup.policy", "delete"));
      admin.createTopics(Set.of(request)).all().get();
    }
    try (SinkRun run = run()) {
      SinkException refused = failure(run::recover);
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContaining("cleanup.policy=delete");
    }
  }

  @Test
  void withoutCheckpointsABundleEndsWhenItIsWritten() throws Exception {
    try (SinkRun run = SinkRun.of(job, Guarantee.AT_LEAST_ONCE, transform(Map.of()))) {
      assertThat(run.recover()).isEmpty();
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(record("k", "v"), EVENT_TIME);
      writer.endBundle();
      assertThat(committed.values(topic)).containsExactly("v");
    }
  }

  private static SinkException failure(ThrowingCallable call) {
    SinkException failure = catchThrowableOfType(SinkException.class, call);
    assertThat(failure).as("a failure of the sink").isNotNull();
    return failure;
  }
}
