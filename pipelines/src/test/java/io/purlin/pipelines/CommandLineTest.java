package io.purlin.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.broker.SharedBroker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every pipeline, small, on the native runner and on Beam's own. */
@ExtendWith(SharedBroker.class)
class CommandLineTest {
  private static void assertCorrect(Outcome outcome) {
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).endsWith("correct" + System.lineSeparator());
    assertThat(outcome.code()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"DirectRunner, 300", "NativeRunner, 5000"})
  void clickstreamAgreesWithTheModel(
      String runner, int clicks, EmbeddedBroker broker, @TempDir Path folder) {
    Outcome outcome =
        Outcome.of(
            "--runner=" + runner,
            "--bootstrapServers=" + broker.bootstrapServers(),
            "--checkpointDir=" + folder,
            "--clicks=" + clicks);
    assertCorrect(outcome);
    assertThat(outcome.out()).contains("differences 0");
  }

  @ParameterizedTest
  @CsvSource({"DirectRunner, 300", "NativeRunner, 20000"})
  void kafkaCopyCopiesEveryRecord(
      String runner, int records, EmbeddedBroker broker, @TempDir Path folder) {
    Outcome outcome =
        Outcome.of(
            "--pipeline=KafkaCopy",
            "--runner=" + runner,
            "--bootstrapServers=" + broker.bootstrapServers(),
            "--checkpointDir=" + folder,
            "--records=" + records);
    assertCorrect(outcome);
    assertThat(outcome.out()).contains("output topic  " + records);
  }

  @ParameterizedTest
  @CsvSource({"DirectRunner", "NativeRunner"})
  void wordCountCountsAllFilesOfAPattern(String runner, @TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("one.txt"), "The pond and the mill.\nThe brook!\n");
    Files.writeString(folder.resolve("two.txt"), "the keeper's bridge");
    Path output = folder.resolve("counts");
    Outcome outcome =
        Outcome.of(
            "--pipeline=WordCount",
            "--runner=" + runner,
            "--input=" + folder.resolve("*.txt"),
            "--output=" + output);
    assertCorrect(outcome);
    assertThat(outcome.out()).contains("most frequent the: 4").contains("distinct      7");
  }

  @Test
  void helpShowsTheOptionsOfThePipelineAndOfTheRunner() {
    Outcome outcome = Outcome.of("--help");
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out())
        .contains("--pipeline", "--bootstrapServers", "--sessionGapMillis", "--parallelism");
  }
}
