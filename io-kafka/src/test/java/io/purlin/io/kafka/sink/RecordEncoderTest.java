package io.purlin.io.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class RecordEncoderTest {
  /** Says in a header that it was there. */
  public static final class Signing implements Serializer<String> {
    @Override
    public byte[] serialize(String topic, String data) {
      throw new AssertionError("headers are to be offered");
    }

    @Override
    public byte[] serialize(String topic, Headers headers, String data) {
      headers.add("signed", topic.getBytes(UTF_8));
      return data.getBytes(UTF_8);
    }
  }

  private static ProducerRecord<byte[], byte[]> encoded(
      ProducerRecord<String, String> record, Class<? extends Serializer<String>> values) {
    WriteStep<String, String> step =
        new WriteStep<>("Write", "host:1", "t", StringSerializer.class, values, null, Map.of());
    return new RecordEncoder<>(step).encode(record, Instant.EPOCH);
  }

  private static ProducerRecord<String, String> element() {
    ProducerRecord<String, String> element = new ProducerRecord<>("t", 3, 17L, "k", "v");
    element.headers().add("own", "x".getBytes(UTF_8));
    return element;
  }

  @Test
  void topicPartitionTimeAndHeadersStay() {
    ProducerRecord<byte[], byte[]> record = encoded(element(), StringSerializer.class);
    assertThat(record.topic()).isEqualTo("t");
    assertThat(record.partition()).isEqualTo(3);
    assertThat(record.timestamp()).isEqualTo(17);
    assertThat(record.key()).isEqualTo("k".getBytes(UTF_8));
    assertThat(record.value()).isEqualTo("v".getBytes(UTF_8));
    assertThat(record.headers()).extracting(Header::key).containsExactly("own");
  }

  @Test
  void whatHappensToTheRecordsHeadersDoesNotReachTheElement() {
    ProducerRecord<String, String> element = element();
    encoded(element, StringSerializer.class).headers().add("later", new byte[0]);
    assertThat(element.headers()).extracting(Header::key).containsExactly("own");
  }

  @Test
  void aSerializerMayAddHeadersToTheRecordAlone() {
    ProducerRecord<String, String> element = element();
    assertThat(encoded(element, Signing.class).headers())
        .extracting(Header::key)
        .containsExactly("own", "signed");
    assertThat(element.headers()).extracting(Header::key).containsExactly("own");
  }
}
