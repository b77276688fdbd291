package io.purlin.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.broker.SharedBroker;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors of {@code docs/errors.md}: one line that names the thing, and an exit code. */
@ExtendWith(SharedBroker.class)
class ErrorsTest {
  /** Nothing listens there: the port belongs to a service that no machine of ours runs. */
  private static final String NOBODY = "127.0.0.1:1";

  private static void assertFails(Outcome outcome, int code, String... parts) {
    assertThat(outcome.err()).startsWith("error: ").contains(parts).hasLineCount(1);
    assertThat(outcome.code()).isEqualTo(code);
  }

  @ParameterizedTest
  @CsvSource({
    "--clicks=0, --clicks=0 is out of range: 1 to 100000000.",
    "--sessionGapMillis=0, --sessionGapMillis=0 is out of range: 1 to 86400000.",
    "--groupId=, --groupId is empty.",
    "--clicks=many, clicks",
    "--clics=5, clics",
    "--pipeline=Clickstreams, --pipeline=Clickstreams: there is no such pipeline.",
    "--runner=FastRunner, FastRunner",
    "word, word",
  })
  void wrongOptionsAreNamedBeforeAnythingStarts(String argument, String message) {
    Outcome outcome = Outcome.of(argument);
    assertFails(outcome, ExitCode.USAGE, message);
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "KafkaCopy, --records=0, --records=0 is out of range: 1 to 100000000.",
    "Nexmark, --query=13, --query=13 is out of range: 0 to 12.",
    "WordCount, --bootstrapServers=x:1, WordCount does not use Kafka",
  })
  void soAreThoseOfTheOtherPipelines(String pipeline, String argument, String message) {
    assertFails(Outcome.of("--pipeline=" + pipeline, argument), ExitCode.USAGE, message);
  }

  @Test
  void anOptionOfTheRunnerOutOfItsRange(@TempDir Path folder) throws Exception {
    Path input = Files.writeString(folder.resolve("in.txt"), "word");
    Outcome outcome = Outcome.of("--pipeline=WordCount", "--input=" + input, "--parallelism=-4");
    assertFails(outcome, ExitCode.FAILED, "--parallelism=-4 is out of range");
  }

  @Test
  void anAddressWhereNoBrokerAnswers() {
    assertFails(
        Outcome.of("--bootstrapServers=" + NOBODY),
        ExitCode.FAILED,
        "No Kafka broker answers at " + NOBODY);
  }

  @Test
  void anAddressThatIsNone() {
    assertFails(
        Outcome.of("--bootstrapServers=nonsense"),
        ExitCode.FAILED,
        "--bootstrapServers=nonsense is not an address");
  }

  @ParameterizedTest
  @CsvSource({
    "Clickstream, --clicksTopic",
    "Clickstream, --pageViewsTopic",
    "KafkaCopy, --inputTopic",
    "KafkaCopy, --outputTopic"
  })
  void aTopicThatDoesNotExist(String pipeline, String option, EmbeddedBroker broker) {
    assertFails(
        Outcome.of(
            "--pipeline=" + pipeline,
            "--bootstrapServers=" + broker.bootstrapServers(),
            option + "=nowhere"),
        ExitCode.FAILED,
        "Topic 'nowhere' does not exist at " + broker.bootstrapServers());
  }

  @Test
  void inputFilesThatDoNotExistLeaveNoOutput(@TempDir Path folder) {
    Path output = folder.resolve("out").resolve("counts");
    assertFails(
        Outcome.of(
            "--pipeline=WordCount",
            "--input=" + folder.resolve("missing-*.txt"),
            "--output=" + output),
        ExitCode.FAILED,
        "missing-*.txt: there is no such file");
    assertThat(output.getParent()).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "NativeRunner"})
  void aRecordThatIsNoClick(String runner, EmbeddedBroker broker) {
    String topic = "broken-" + UUID.randomUUID();
    try (Topics topics = Topics.at(broker.bootstrapServers());
        TopicWriter writer = new TopicWriter(broker.bootstrapServers())) {
      topics.create(topic, 1);
      byte[] text = "this is not Avro".getBytes(StandardCharsets.UTF_8);
      writer.send(new ProducerRecord<>(topic, 0, 1_000L, text, text));
      writer.flush();
    }
    assertFails(
        Outcome.of(
            "--runner=" + runner,
            "--bootstrapServers=" + broker.bootstrapServers(),
            "--clicksTopic=" + topic),
        ExitCode.FAILED,
        "The record in topic '" + topic + "', partition 0, offset 0 is not a click in Avro");
  }

  @ParameterizedTest
  @ValueSource(strings = {"DirectRunner", "NativeRunner"})
  void aFunctionThatCannotBeSerialised(String runner) {
    assertFails(
        Outcome.of("--runner=" + runner, "--pipeline=" + UnserialisableJob.class.getName()),
        ExitCode.FAILED,
        "cannot be serialised: it holds an object of class",
        "UnserialisableJob$Connection");
  }
}
