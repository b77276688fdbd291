package io.purlin.io.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.connector.Guarantee;
import io.purlin.sdk.connector.SinkException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When what a task writes is sent. */
class RecordWriterTest {
  private final List<String> done = new ArrayList<>();
  private boolean broken;

  private RecordWriter<byte[], byte[]> writer(Guarantee guarantee) {
    SharedProducer shared =
        new SharedProducer(
            guarantee, producer(), new Failures("host:1", () -> true), new Epochs(), true);
    return shared.writer(
        new WriteStep<>(
            "Write",
            "host:1",
            "out",
            ByteArraySerializer.class,
            ByteArraySerializer.class,
            null,
            Map.of()));
  }

  /** Keeps what it is told, by the values of records and the names of other calls. */
  @SuppressWarnings("unchecked")
  private Producer<byte[], byte[]> producer() {
    return (Producer<byte[], byte[]>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {Producer.class},
            (proxy, method, arguments) -> called(method, arguments));
  }

  private @Nullable Object called(Method method, Object[] arguments) {
    if (!method.getName().equals("send")) {
      done.add(method.getName());
    } else if (broken) {
      throw new KafkaException("broken");
    } else {
      done.add(new String((byte[]) ((ProducerRecord<?, ?>) arguments[0]).value(), UTF_8));
    }
    return null;
  }

  private static void write(RecordWriter<byte[], byte[]> writer, String value)
      throws InterruptedException {
    writer.write(new ProducerRecord<>("out", value.getBytes(UTF_8)), Instant.EPOCH);
  }

  private static List<String> numbers(int end) {
    return IntStream.range(0, end).mapToObj(Integer::toString).toList();
  }

  @ParameterizedTest
  @EnumSource
  void allIsSentInItsOrderWhenTheBundleHasEnded(Guarantee guarantee) throws InterruptedException {
    RecordWriter<byte[], byte[]> writer = writer(guarantee);
    for (String each : numbers(1_000)) {
      write(writer, each);
    }
    writer.endBundle();

    done.removeAll(List.of("beginTransaction", "flush"));
    assertThat(done).isEqualTo(numbers(1_000));
  }

  @Test
  void theTransactionBeginsBeforeItsFirstRecordAndNotWithout() throws InterruptedException {
    RecordWriter<byte[], byte[]> writer = writer(Guarantee.EXACTLY_ONCE);
    writer.endBundle();
    assertThat(done).isEmpty();
    write(writer, "a");
    writer.endEpoch();

    assertThat(done).containsExactly("beginTransaction", "a");
  }

  @Test
  void recordsDoNotPileUp() throws InterruptedException {
    RecordWriter<byte[], byte[]> writer = writer(Guarantee.EXACTLY_ONCE);
    for (String each : numbers(1_000)) {
      write(writer, each);
    }
    assertThat(done).hasSizeGreaterThan(500);

    done.clear();
    write(writer, "x".repeat(1 << 20));
    assertThat(done).last().asString().hasSize(1 << 20);
  }

  /** A reader may see it then. */
  @Test
  void withAtLeastOnceARecordIsSentWhenItIsWritten() throws InterruptedException {
    write(writer(Guarantee.AT_LEAST_ONCE), "a");

    assertThat(done).containsExactly("a");
  }

  @Test
  void aSendThatFailsIsNamedWhenTheBundleEnds() throws InterruptedException {
    RecordWriter<byte[], byte[]> writer = writer(Guarantee.EXACTLY_ONCE);
    broken = true;
    write(writer, "a");

    assertThatThrownBy(writer::endBundle)
        .isInstanceOf(SinkException.class)
        .hasMessageContaining("sending to topic \"out\" failed: broken");
  }
}
