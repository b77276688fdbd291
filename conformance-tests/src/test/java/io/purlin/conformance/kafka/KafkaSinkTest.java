package io.purlin.conformance.kafka;

import static io.purlin.conformance.kafka.SinkRun.EVENT_TIME;
import static io.purlin.conformance.kafka.SinkRun.id;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.pipelines.broker.EmbeddedBroker;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;

/** The sink's promises while nothing fails, at a real broker. Each test has a job of its own. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class KafkaSinkTest {
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
  void recordsAndTheirCheckpointAreCommittedTogether() throws Exception {
    String other = job.topic + "-other";
    job.committed.create(other, 3);
    try (SinkRun run = job.run().begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(job.record("k", "plain"), EVENT_TIME);
      ProducerRecord<String, String> full = new ProducerRecord<>(other, 2, 77L, "k", "full");
      full.headers().add("h", "x".getBytes(UTF_8));
      writer.write(full, EVENT_TIME);
      writer.endBundle();
      writer.endEpoch();
      run.coordinator.prepare(id(1));
      assertThat(job.committed.values(job.topic)).isEmpty();
      assertThat(run.coordinator.openTransactions()).hasSize(1);
      run.coordinator.commit(id(1));
      assertThat(run.coordinator.openTransactions()).isEmpty();
    }
    assertThat(job.committed.values(job.topic)).containsExactly("plain");
    ConsumerRecord<byte[], byte[]> read = job.committed.records(other).get(0);
    assertThat(new String(read.value(), UTF_8)).isEqualTo("full");
    assertThat(read.partition()).isEqualTo(2);
    assertThat(read.timestamp()).isEqualTo(77L);
    assertThat(new String(read.headers().lastHeader("h").value(), UTF_8)).isEqualTo("x");
    try (SinkRun next = job.run()) {
      assertThat(next.recover()).contains(id(1));
    }
  }

  @Test
  void aNewJobHasCommittedNothing() {
    try (SinkRun run = job.run()) {
      assertThat(run.recover()).isEmpty();
    }
    // Taking over alone commits no checkpoint.
    try (SinkRun run = job.run()) {
      assertThat(run.recover()).isEmpty();
    }
  }

  @Test
  void publishTimestampFunctionSeesTheEventTime() throws Exception {
    KafkaIO.WriteRecords<String, String> withTime = job.transform(Map.of()).withInputTimestamp();
    try (SinkRun run = SinkRun.of(job.name, Guarantee.EXACTLY_ONCE, withTime).begun()) {
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(job.record("k", "v"), EVENT_TIME);
      writer.endEpoch();
      run.checkpoint(id(1));
    }
    assertThat(job.committed.records(job.topic))
        .singleElement()
        .satisfies(read -> assertThat(read.timestamp()).isEqualTo(EVENT_TIME.getMillis()));
  }

  @Test
  void orderOfAKeyHoldsOverEpochsAndTasksWaitForTheCommit() throws Exception {
    int epochs = 20;
    int tasks = 3;
    int each = 200;
    try (SinkRun run = job.run().begun()) {
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
        assertThat(job.committed.values(job.topic).stream().filter("eager"::equals))
            .as("eager records after checkpoint %s", number)
            .hasSize(number - 1);
        assertThat(writers).allSatisfy(writer -> assertThat(writer.isOpen()).isTrue());
      }
      writers.forEach(SinkWriter::endEpoch);
      run.checkpoint(id(epochs + 1));
    }
    Map<String, Integer> next = new HashMap<>();
    for (String value : job.committed.values(job.topic)) {
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
      writer.write(job.record("one key", value), EVENT_TIME);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void theLastOfManyCheckpointsIsFound() {
    try (SinkRun run = job.run().begun()) {
      for (int number = 1; number <= 400; number++) {
        run.checkpoint(id(number));
      }
    }
    // Runs that take over and commit nothing add records behind the last marker.
    for (int attempt = 0; attempt < 3; attempt++) {
      try (SinkRun next = job.run()) {
        assertThat(next.recover()).contains(id(400));
      }
    }
  }

  @Test
  void aTaskThatWaitsFailsWhenTheSinkIsClosed() throws Exception {
    SinkRun run = job.run().begun();
    SinkWriter<ProducerRecord<String, String>> writer = run.writer();
    writer.endEpoch();
    CompletableFuture<SinkException> waiting =
        CompletableFuture.supplyAsync(
            () -> SinkJobAtBroker.failure(() -> writer.write(job.record("k", "v"), EVENT_TIME)));
    run.close();
    assertThat(waiting.get().kind()).isEqualTo(Kind.CLOSED);
  }

  @Test
  void aCheckpointThatAWriterHasNotReachedIsNotPrepared() {
    try (SinkRun run = job.run().begun()) {
      run.writer().endEpoch();
    }
    try (SinkRun run = job.run()) {
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
      NewTopic request = new NewTopic("purlin-" + job.name + "-commits", 1, (short) 1);
      request.configs(Map.of("cleanup.policy", "delete"));
      admin.createTopics(Set.of(request)).all().get();
    }
    try (SinkRun run = job.run()) {
      SinkException refused = SinkJobAtBroker.failure(run::recover);
      assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
      assertThat(refused).hasMessageContaining("cleanup.policy=delete");
    }
  }

  @Test
  void withoutCheckpointsABundleEndsWhenItIsWritten() throws Exception {
    try (SinkRun run = SinkRun.of(job.name, Guarantee.AT_LEAST_ONCE, job.transform(Map.of()))) {
      assertThat(run.recover()).isEmpty();
      SinkWriter<ProducerRecord<String, String>> writer = run.writer();
      writer.write(job.record("k", "v"), EVENT_TIME);
      writer.endBundle();
      assertThat(job.committed.values(job.topic)).containsExactly("v");
    }
  }
}
