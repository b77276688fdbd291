package io.purlin.pipelines;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The one command: what it offers, what it refuses, and with which exit code. */
class PurlinCommandTest {
  private static final String GREETING = "--class=" + GreetingProgram.class.getName();

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    assertThat(outcome.err()).startsWith("error: ").contains(parts).hasLineCount(1);
    assertThat(outcome.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "run --help",
        "explain --help",
        "checkpoints --help",
        "checkpoints list --help",
        "checkpoints describe --help",
        "checkpoints verify -h",
        "version --help",
        "completion --help"
      })
  void everyCommandExplainsItself(String line) {
    Outcome outcome = Outcome.ofCommand(line.split(" ", -1));
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out()).startsWith("Usage: purlin").contains("--help");
    assertThat(outcome.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "--colour, --colour is not known here",
    "chekpoints, did you mean",
    "version --long, --long is not known here",
    "completion fish, fish is not known here",
    "checkpoints, needs one of list",
    "checkpoints mend, mend is not known here",
    "checkpoints list, <job directory>",
    "checkpoints describe job, <number>",
    "checkpoints describe job x, 'x' is not a long",
    "run WordCount Nexmark, one pipeline can be named",
    "run --class=no.such.Program, --class=no.such.Program: there is no such class",
    "run --class=java.lang.String, has no public static void main",
    "run --pipeline=Nexmark --class=java.lang.String, has no public static void main",
    "explain Clickstreams, Clickstreams: there is no such pipeline",
    "explain WordCount --inptu=x, --inptu=x",
    "explain WordCount --runner=DirectRunner, always that of the NativeRunner",
  })
  void whatIsWrongIsSaidInOneLine(String line, String message) {
    assertRefused(Outcome.ofCommand(line.split(" ", -1)), message);
  }

  @Test
  void withoutACommandItSaysWhereToLook() {
    assertRefused(Outcome.ofCommand(), "There is no command. (purlin --help)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "--version"})
  void versionNamesAllThatMatters(String argument) {
    Outcome outcome = Outcome.ofCommand(argument);
    assertThat(outcome.code()).isZero();
    assertThat(outcome.out().lines().map(line -> line.split(" {2,}", -1)[0]))
        .containsExactly("Purlin", "Beam", "Kafka clients", "RocksDB", "JVM", "OS");
    assertThat(outcome.out())
        .doesNotContain("unknown", "${")
        .containsPattern("Beam +2\\.7")
        .containsPattern("RocksDB +\\d+\\.\\d+");
  }

  @Test
  void theScriptForCompletionIsOneOfBash(@TempDir Path folder) throws Exception {
    Outcome outcome = Outcome.ofCommand("completion");
    assertThat(outcome.code()).isZero();
    Path script = Files.writeString(folder.resolve("completion"), outcome.out());
    String ask =
        "source "
            + script
            + "; compopt() { :; }; COMP_WORDS=(purlin checkpoints v); COMP_CWORD=2; _complete_purlin;"
            + " echo ${COMPREPLY[@]}";
    Process bash = new ProcessBuilder("bash", "-c", ask).redirectErrorStream(true).start();
    assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isEqualToIgnoringNewLines("verify");
    assertThat(bash.waitFor()).isZero();
  }

  @Test
  void aProgramOfTheUsersRuns(@TempDir Path folder) throws IOException {
    Path greetings = folder.resolve("greetings");
    Outcome outcome = Outcome.of(GREETING, "--greetings=" + greetings);
    assertThat(outcome).isEqualTo(new Outcome(ExitCode.CORRECT, "", ""));
    assertThat(Files.readAllLines(greetings)).containsExactlyInAnyOrder("Hello Ada", "Hello Grace");
  }

  @Test
  void itsOptionsAreRefusedAsOurs() {
    assertRefused(Outcome.of(GREETING, "--greeting=x"), "greeting");
  }

  @Test
  void itsFailureIsSaid() {
    Outcome outcome = Outcome.of(GREETING);
    assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err())
        .isEqualToIgnoringNewLines("error: java.lang.IllegalStateException: nowhere to greet");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "verify"})
  void aDirectoryWithoutCheckpoints(String command, @TempDir Path folder) {
    assertThat(Outcome.ofCommand("checkpoints", command, folder.toString()).code()).isZero();
    Outcome none = Outcome.ofCommand("checkpoints", command, folder.resolve("none").toString());
    assertThat(none.code()).isEqualTo(ExitCode.FAILED);
    assertThat(none.err()).contains("none: there is no such directory").hasLineCount(1);
  }

  @Test
  void aPlanIsDrawnToAFileWithoutABroker(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("plan.svg");
    Outcome outcome =
        Outcome.ofCommand("explain", "Clickstream", "--format=svg", "-o", file.toString());
    assertThat(outcome).isEqualTo(new Outcome(ExitCode.CORRECT, "", ""));
    assertThat(Files.readString(file))
        .startsWith("<svg ")
        .contains("ReadClicks", "WriteSessions", "Chain 0");
  }

  @Test
  void soIsThatOfAProgram(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("plan.dot");
    Path greetings = folder.resolve("greetings");
    Outcome outcome =
        Outcome.ofCommand(
            "explain", GREETING, "--greetings=" + greetings, "--format=dot", "-o", file.toString());
    assertThat(outcome).isEqualTo(new Outcome(ExitCode.CORRECT, "", ""));
    assertThat(Files.readString(file)).startsWith("digraph plan").contains("Greet");
    assertThat(greetings).doesNotExist();
  }

  @Test
  void aFormatThatThereIsNot() {
    Outcome outcome = Outcome.ofCommand("explain", "Nexmark", "--format=png");
    assertThat(outcome.code()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("--explainFormat=png must be one of text, dot, svg");
  }

  @Test
  void secretsInArgumentsAreNotRepeated() {
    Outcome outcome = Outcome.of("WordCount", "--databasePassword=canary");
    assertRefused(outcome, "--databasePassword=******");
    assertThat(outcome.err()).doesNotContain("canary");
  }

  @Test
  void errorsAreAsTheLogIs() throws IOException {
    Outcome outcome = Outcome.of("Nowhere", "--logFormat=json");
    assertThat(outcome.code()).isEqualTo(ExitCode.USAGE);
    JsonNode line = new ObjectMapper().readTree(outcome.err());
    assertThat(line.get("log.level").asText()).isEqualTo("ERROR");
    assertThat(line.get("message").asText()).startsWith("Nowhere: there is no such pipeline");
  }
}
