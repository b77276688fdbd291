package io.purlin.io.kafka.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.connector.SinkException;
import io.purlin.sdk.connector.SinkException.Kind;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FailuresTest {
  private final Failures ours = new Failures("host:1", () -> true);
  private final Failures taken = new Failures("host:1", () -> false);

  static Stream<RuntimeException> lost() {
    return Stream.of(
        new ProducerFencedException("x"),
        new InvalidProducerEpochException("x"),
        new InvalidTxnStateException("x"),
        new KafkaException("wrapped", new InvalidProducerEpochException("x")));
  }

  @ParameterizedTest
  @MethodSource("lost")
  void theCommitTopicTellsATimeoutFromANewerRun(RuntimeException failure) {
    assertThat(ours.of("committing", failure, Kind.UNCERTAIN).kind()).isEqualTo(Kind.TIMED_OUT);
    assertThat(taken.of("committing", failure, Kind.UNCERTAIN).kind()).isEqualTo(Kind.FENCED);
  }

  @Test
  void whoHasTakenOverIsNotGuessed() {
    Failures unknown =
        new Failures(
            "host:1",
            () -> {
              throw new TimeoutException("no answer");
            });
    SinkException failure =
        unknown.of("committing", new ProducerFencedException("x"), Kind.UNCERTAIN);
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    assertThat(failure.stopsJob()).isFalse();
  }

  @Test
  void whatNoRetryMendsStopsTheJob() {
    assertThat(ours.of("sending", new RecordTooLargeException("x"), Kind.NOT_WRITTEN).stopsJob())
        .isTrue();
    assertThat(ours.of("sending", new TopicAuthorizationException("x"), Kind.UNCERTAIN).kind())
        .isEqualTo(Kind.REFUSED);
  }

  @Test
  void aCommitWithoutAnAnswerIsUncertain() {
    SinkException failure =
        ours.of("committing checkpoint 3", new TimeoutException("60 s"), Kind.UNCERTAIN);
    assertThat(failure.kind()).isEqualTo(Kind.UNCERTAIN);
    assertThat(failure)
        .hasMessageStartingWith("Kafka at host:1: committing checkpoint 3 failed: 60 s.");
  }

  @Test
  void theFirstFailedSendIsTheCauseOfAllThatFollows() {
    assertThatCode(ours::check).doesNotThrowAnyException();
    RecordMetadata where = new RecordMetadata(new TopicPartition("a", 0), -1, 0, -1, 0, 0);
    ours.sent(where, null);
    assertThatCode(ours::check).doesNotThrowAnyException();
    ours.sent(where, new NetworkException("first"));
    ours.sent(null, new NetworkException("second"));
    assertThatThrownBy(ours::check)
        .isInstanceOf(SinkException.class)
        .hasMessage("Kafka at host:1: sending to topic \"a\" failed: first.");
    assertThat(ours.rootOf("flushing", new KafkaException("third"), Kind.NOT_WRITTEN))
        .hasMessageContaining("first");
  }
}
