package io.purlin.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SinkTransform;
import java.util.Map;
import java.util.ServiceLoader;
import org.apache.beam.sdk.io.kafka.KafkaIO;
import org.apache.beam.sdk.transforms.errorhandling.ErrorHandler;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class KafkaConnectorTest {
  private final Connector connector = new KafkaConnector();

  private static KafkaIO.WriteRecords<String, String> write() {
    return KafkaIO.<String, String>writeRecords()
        .withBootstrapServers("b:2, a:1")
        .withTopic("orders")
        .withKeySerializer(StringSerializer.class)
        .withValueSerializer(StringSerializer.class);
  }

  @Test
  void isFoundByItsService() {
    assertThat(ServiceLoader.load(Connector.class))
        .hasOnlyElementsOfType(KafkaConnector.class)
        .singleElement()
        .satisfies(found -> assertThat(found.name()).isEqualTo("kafka"));
  }

  @Test
  void takesTheTransformThatAllOfKafkaIosWritesExpandInto() {
    SinkTransform<?> sink = connector.sink("Write/orders", write()).orElseThrow();
    assertThat(sink.stepName()).isEqualTo("Write/orders");
    assertThat(sink.description()).isEqualTo("Kafka topic \"orders\" at a:1,b:2");
    KafkaIO.Write<String, String> outer =
        KafkaIO.<String, String>write()
            .withBootstrapServers("a:1")
            .withTopic("orders")
            .withKeySerializer(StringSerializer.class)
            .withValueSerializer(StringSerializer.class);
    assertThat(connector.sink("Write", outer)).isEmpty();
    assertThat(connector.sink("Write", outer.getWriteRecordsTransform())).isPresent();
  }

  @Test
  void oneClusterIsOneSystemHoweverItIsWritten() {
    SinkTransform<?> one = connector.sink("one", write()).orElseThrow();
    SinkTransform<?> same =
        connector.sink("same", write().withBootstrapServers("a:1,b:2")).orElseThrow();
    SinkTransform<?> other =
        connector.sink("other", write().withBootstrapServers("c:3")).orElseThrow();
    assertThat(same.system()).isEqualTo(one.system());
    assertThat(other.system()).isNotEqualTo(one.system());
  }

  @Test
  void leavesToKafkaIoWhatOnlyItsOwnWriterCanDo() {
    assertThat(connector.sink("own producer", write().withProducerFactoryFn(KafkaProducer::new)))
        .isEmpty();
    assertThat(
            connector.sink(
                "bad records",
                write().withBadRecordErrorHandler(new ErrorHandler.DefaultErrorHandler<>())))
        .isEmpty();
    assertThat(connector.sink("a read", KafkaIO.readBytes())).isEmpty();
  }

  @Test
  void saysWhatIsMissing() {
    KafkaIO.WriteRecords<String, String> bare = KafkaIO.writeRecords();
    assertThatThrownBy(
            () -> connector.sink("Write", bare.withProducerConfigUpdates(Map.of("acks", "all"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Write: withKeySerializer() and withValueSerializer() are required");
  }
}
