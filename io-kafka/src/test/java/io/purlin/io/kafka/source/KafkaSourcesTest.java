package io.purlin.io.kafka.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.io.kafka.KafkaConnector;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SourceException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which reads are taken over, and how their clients are set up. */
class KafkaSourcesTest {
  private final Connector connector = new KafkaConnector();

  @Test
  void takesReadsOver() {
    assertThat(connector.source("Read", Reads.read()).orElseThrow())
        .satisfies(
            source -> {
              assertThat(source.stepName()).isEqualTo("Read");
              assertThat(source.description()).isEqualTo("Kafka topic \"in\" at somewhere:9092");
            });
    KafkaIO.Read<byte[], byte[]> bytes =
        KafkaIO.readBytes().withBootstrapServers("b:1").withTopicPattern("in.*");
    assertThat(connector.source("Read", bytes)).isPresent();
    assertThat(connector.source("Read", Reads.read().withDynamicRead(Duration.millis(1))))
        .isPresent();
    assertThat(connector.source("Read", Reads.read().withStopReadTime(Instant.ofEpochMilli(1))))
        .isPresent();
    assertThat(connector.source("Write", KafkaIO.write())).isEmpty();
    assertThat(connector.sink("Read", Reads.read())).isEmpty();
  }

  @SuppressWarnings("deprecation") // what is deprecated is left to KafkaIO, too
  static Stream<KafkaIO.Read<String, String>> left() {
    KafkaIO.Read<String, String> dynamic = Reads.read().withDynamicRead(Duration.millis(1));
    return Stream.of(
        Reads.read().withConsumerFactoryFn(KafkaConsumer::new),
        Reads.read().withRedistribute(),
        Reads.read().withOffsetDeduplication(true),
        Reads.read().withBadRecordErrorHandler(new ErrorHandler.DefaultErrorHandler<>()),
        Reads.read().withMaxNumRecords(1),
        Reads.read().withMaxReadTime(Duration.millis(1)),
        Reads.read().withCheckStopReadingFn(partition -> false),
        Reads.read().withWatermarkFn2(record -> Instant.EPOCH),
        dynamic.withStopReadTime(Instant.EPOCH),
        dynamic.withTopics(List.of()).withTopicPartitions(List.of(new TopicPartition("in", 0))),
        dynamic.withTopics(List.of()));
  }

  @ParameterizedTest
  @MethodSource("left")
  void leavesToKafkaIoWhatOnlyItsOwnReadersCanDo(KafkaIO.Read<String, String> read) {
    assertThat(connector.source("Read", read)).isEmpty();
  }

  @Test
  void settingsOfThePipelineReachAllClients() {
    SourceSettings settings =
        KafkaSources.step(
                "Read",
                Reads.read()
                    .withReadCommitted()
                    .withConsumerConfigUpdates(
                        Map.of(
                            "group.id", "g",
                            "client.id", "mine",
                            "enable.auto.commit", true,
                            "security.protocol", "SASL_SSL",
                            "sasl.mechanism", "PLAIN",
                            "max.poll.records", 7,
                            "my.callback.setting", "x"))
                    .withOffsetConsumerConfigOverrides(Map.of("request.timeout.ms", 99)),
                new FakeKafka())
            .settings();
    assertThat(settings.reading())
        .containsEntry("isolation.level", "read_committed")
        .containsEntry("group.id", "g")
        .containsEntry("client.id", "mine")
        .containsEntry("enable.auto.commit", true)
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("max.poll.records", 7)
        .containsEntry("fetch.max.wait.ms", 100)
        .containsEntry("auto.offset.reset", "none");
    assertThat(settings.starting())
        .containsEntry("group.id", "g")
        .containsEntry("enable.auto.commit", false)
        .containsEntry("auto.offset.reset", "earliest");
    assertThat(settings.asking())
        .containsEntry("bootstrap.servers", "somewhere:9092")
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("sasl.mechanism", "PLAIN")
        .containsEntry("my.callback.setting", "x")
        .containsEntry("request.timeout.ms", 99)
        .doesNotContainKeys("group.id", "client.id", "isolation.level", "key.deserializer");
    assertThat(settings.asking().keySet())
        .filteredOn(name -> !name.equals("my.callback.setting"))
        .isSubsetOf(AdminClientConfig.configNames());
  }

  @Test
  void aPositionIsReadAsItWasWritten() {
    Position position = new Position(new TopicPartition("in", 3), 17, 99, -5, true);
    assertThat(Position.decode(position.encode())).isEqualTo(position);
    byte[] later = position.encode();
    later[4] = 2;
    assertThatThrownBy(() -> Position.decode(later))
        .isInstanceOf(SourceException.class)
        .hasMessageContaining("format 2");
    assertThatThrownBy(() -> Position.decode(new byte[] {1, 2, 3, 4, 5}))
        .isInstanceOf(SourceException.class);
  }
}
