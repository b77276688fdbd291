package io.purlin.conformance.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkException;
import java.util.Map;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A job whose sink writes to a topic of its own. Used by one test. */
final class SinkJobAtBroker {
  final String name;
  final String topic;
  final CommittedRecords committed;
  private final String servers;

  SinkJobAtBroker(String name, String servers) {
    this.name = name;
    this.topic = name + "-out";
    this.committed = new CommittedRecords(servers);
    this.servers = servers;
  }

  /** A run of the job with these settings of the producer. */
  SinkRun run(Map<String, Object> settings) {
    return SinkRun.of(name, Guarantee.EXACTLY_ONCE, transform(settings));
  }

  SinkRun run() {
    return run(Map.of());
  }

  KafkaIO.WriteRecords<String, String> transform(Map<String, Object> settings) {
    return SinkRun.write(servers, topic, settings);
  }

  ProducerRecord<String, String> record(String key, String value) {
    return new ProducerRecord<>(topic, key, value);
  }

  /** What a call fails with. */
  static SinkException failure(ThrowingCallable call) {
    SinkException failure = catchThrowableOfType(SinkException.class, call);
    assertThat(failure).as("a failure of the sink").isNotNull();
    return failure;
  }
}
