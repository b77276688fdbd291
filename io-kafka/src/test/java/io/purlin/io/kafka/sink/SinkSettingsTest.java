package io.purlin.io.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkJob;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkSettingsTest {
  private static WriteStep<?, ?> step(String name, Map<String, Object> settings) {
    return KafkaSinks.own(
        KafkaSinks.of(
                name,
                KafkaIO.<String, String>writeRecords()
                    .withBootstrapServers("host:1")
                    .withTopic("t")
                    .withKeySerializer(StringSerializer.class)
                    .withValueSerializer(StringSerializer.class)
                    .withProducerConfigUpdates(settings))
            .orElseThrow());
  }

  private static SinkJob job(Guarantee guarantee, Duration timeout, String... flags) {
    return new SinkJob(
        "job",
        guarantee,
        Duration.ofSeconds(1),
        timeout,
        PipelineOptionsFactory.fromArgs(flags).create());
  }

  private static Map<String, Object> producer(Map<String, Object> settings, String... flags) {
    SinkJob job = job(Guarantee.EXACTLY_ONCE, Duration.ofMinutes(1), flags);
    return SinkSettings.of(job, List.of(step("Write", settings))).producer();
  }

  @Test
  void exactlyOnceNeedsNothingOfThePipeline() {
    assertThat(producer(Map.of()))
        .containsEntry("transactional.id", "purlin-job")
        .containsEntry("enable.idempotence", "true")
        .containsEntry("acks", "all")
        .containsEntry("transaction.timeout.ms", 121_000)
        .containsEntry("linger.ms", 5)
        .doesNotContainKey("retries");
  }

  @Test
  void presetsAreAFlagAndThePipelineWins() {
    assertThat(producer(Map.of(), "--kafkaSinkPreset=LATENCY")).containsEntry("linger.ms", 0);
    assertThat(producer(Map.of("linger.ms", 3), "--kafkaSinkPreset=THROUGHPUT"))
        .containsEntry("linger.ms", 3)
        .containsEntry("compression.type", "lz4");
    assertThat(producer(Map.of("transaction.timeout.ms", 5000, "retries", 9)))
        .containsEntry("transaction.timeout.ms", 5000)
        .containsEntry("retries", 9);
  }

  @ParameterizedTest
  @CsvSource({"acks,1", "enable.idempotence,false", "transactional.id,mine"})
  void whatWouldBreakTheGuaranteeIsRefusedByName(String name, String value) {
    assertThatThrownBy(() -> producer(Map.of(name, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @Test
  void whatSaysTheSameIsTaken() {
    assertThat(producer(Map.of("acks", "-1", "enable.idempotence", true)))
        .containsEntry("acks", "all");
  }

  @Test
  void withoutCheckpointsThereIsNoTransaction() {
    SinkJob job = job(Guarantee.AT_LEAST_ONCE, Duration.ofMinutes(1));
    SinkSettings settings = SinkSettings.of(job, List.of(step("Write", Map.of("acks", "1"))));
    assertThat(settings.producer())
        .containsEntry("acks", "1")
        .doesNotContainKey("transactional.id")
        .doesNotContainKey("transaction.timeout.ms");
  }

  @Test
  void aTransactionIsNoLongerThanBrokersAllow() {
    SinkJob job = job(Guarantee.EXACTLY_ONCE, Duration.ofHours(2));
    assertThat(SinkSettings.of(job, List.of(step("Write", Map.of()))).producer())
        .containsEntry("transaction.timeout.ms", 900_000);
  }

  @Test
  void stepsThatDifferAreRefusedByTheirNamesAndTheSettings() {
    List<WriteStep<?, ?>> steps = new ArrayList<>();
    steps.add(step("Orders", Map.of("linger.ms", 1)));
    steps.add(step("Alerts", Map.of("linger.ms", 2, "batch.size", 7)));
    SinkJob job = job(Guarantee.EXACTLY_ONCE, Duration.ofMinutes(1));
    assertThatThrownBy(() -> SinkSettings.of(job, steps))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Orders and Alerts share one producer and differ in batch.size, linger.ms. Give both"
                + " the same producer configuration.");
  }

  @Test
  void securityReachesTheOtherClientsAndProducerSettingsDoNot() {
    SinkJob job = job(Guarantee.EXACTLY_ONCE, Duration.ofMinutes(1));
    WriteStep<?, ?> step = step("Write", Map.of("security.protocol", "SSL", "linger.ms", 1));
    SinkSettings settings = SinkSettings.of(job, List.of(step));
    assertThat(settings.admin())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("bootstrap.servers", "host:1")
        .doesNotContainKey("linger.ms");
    assertThat(settings.consumer())
        .containsEntry("security.protocol", "SSL")
        .containsEntry("isolation.level", "read_committed")
        .doesNotContainKey("transactional.id");
  }

  @Test
  void jobsKeepTheirNamesWhereKafkaAllowsThem() {
    assertThat(SinkNames.of("my-job_1.a", null))
        .isEqualTo(new SinkNames("my-job_1.a", "purlin-my-job_1.a", "purlin-my-job_1.a-commits"));
    assertThat(SinkNames.of("job", "elsewhere").commitTopic()).isEqualTo("elsewhere");
    SinkNames spaced = SinkNames.of("my job", null);
    SinkNames slashed = SinkNames.of("my/job", null);
    assertThat(spaced.commitTopic()).matches("purlin-my_job-[0-9a-f]{8}-commits");
    assertThat(spaced.transactionalId()).isNotEqualTo(slashed.transactionalId());
    assertThat(SinkNames.of("x".repeat(500), null).commitTopic()).hasSizeLessThanOrEqualTo(249);
  }
}
