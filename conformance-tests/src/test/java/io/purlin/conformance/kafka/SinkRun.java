package io.purlin.conformance.kafka;

import io.purlin.sdk.connector.CheckpointId;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkCoordinator;
import io.purlin.sdk.connector.SinkJob;
import io.purlin.sdk.connector.SinkTransform;
import io.purlin.sdk.connector.SinkWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.joda.time.Instant;

/**
 * One run of a job that has nothing but a Kafka sink: what the engine does, in the test's hands.
 */
final class SinkRun implements AutoCloseable {
  static final Instant EVENT_TIME = Instant.ofEpochMilli(1_000_000L);

  final SinkCoordinator coordinator;
  private final SinkTransform<ProducerRecord<String, String>> sink;

  private SinkRun(SinkCoordinator coordinator, SinkTransform<ProducerRecord<String, String>> sink) {
    this.coordinator = coordinator;
    this.sink = sink;
  }

  static Connector connector() {
    return ServiceLoader.load(Connector.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(connector -> connector.name().equals("kafka"))
        .findFirst()
        .orElseThrow();
  }

  static SinkRun of(
      String job, Guarantee guarantee, KafkaIO.WriteRecords<String, String> transform) {
    SinkTransform<ProducerRecord<String, String>> sink = sink("write", transform);
    return new SinkRun(
        connector().coordinator(job(job, guarantee, "--jobName=" + job), List.of(sink)), sink);
  }

  static SinkJob job(String name, Guarantee guarantee, String... flags) {
    return new SinkJob(
        name,
        guarantee,
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        PipelineOptionsFactory.fromArgs(flags).create());
  }

  @SuppressWarnings("unchecked") // the transform's input says so
  static SinkTransform<ProducerRecord<String, String>> sink(
      String step, KafkaIO.WriteRecords<String, String> transform) {
    return (SinkTransform<ProducerRecord<String, String>>)
        connector().sink(step, transform).orElseThrow();
  }

  static KafkaIO.WriteRecords<String, String> write(
      String servers, String topic, Map<String, Object> settings) {
    return KafkaIO.<String, String>writeRecords()
        .withBootstrapServers(servers)
        .withTopic(topic)
        .withKeySerializer(StringSerializer.class)
        .withValueSerializer(StringSerializer.class)
        .withProducerConfigUpdates(settings);
  }

  /** A run of a new job: it recovers nothing and commits checkpoint 0. */
  SinkRun begun() {
    if (coordinator.recover().isPresent()) {
      throw new AssertionError("the job has run before");
    }
    checkpoint(id(0));
    return this;
  }

  Optional<CheckpointId> recover() {
    return coordinator.recover();
  }

  SinkWriter<ProducerRecord<String, String>> writer() {
    return coordinator.writer(sink);
  }

  void checkpoint(CheckpointId id) {
    coordinator.prepare(id);
    coordinator.commit(id);
  }

  static CheckpointId id(long number) {
    return new CheckpointId(number, "token-" + number);
  }

  @Override
  public void close() {
    coordinator.close();
  }
}
