package io.purlin.conformance.canary;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.broker.EmbeddedBroker;
import io.purlin.pipelines.kafka.TopicWriter;
import io.purlin.pipelines.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No secret that a job knows is shown or kept anywhere; what is no secret is, in each place. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class CanaryTest {
  private static final String DATABASE = "db://ada:" + Canaries.URL + "@db.example/x";

  private static List<String> arguments(String command, String... more) {
    List<String> arguments = new ArrayList<>(List.of(command));
    arguments.addAll(
        List.of(
            "--class=" + SecretiveProgram.class.getName(),
            "--verbose",
            // The tests' class path has a provider of its own, which masks nothing.
            "--logFormat=text",
            "--restToken=" + Canaries.TOKEN,
            "--databasePassword=" + Canaries.PASSWORD,
            "--database=" + DATABASE,
            "--region=" + Canaries.CONTROL,
            "--client={\"sasl.jaas.config\":\"Module required username=\\\"ada\\\" password=\\\""
                + Canaries.JAAS
                + "\\\";\",\"ssl.keystore.password\":\""
                + Canaries.KEYSTORE
                + "\"}"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  @Test
  void aJobThatRunsAndFailsTellsNone(@TempDir Path folder) throws Exception {
    Path checkpoints = folder.resolve("checkpoints");
    Path state = Files.createDirectory(folder.resolve("state"));
    try (EmbeddedBroker broker = EmbeddedBroker.start()) {
      String servers = broker.bootstrapServers();
      try (Topics topics = Topics.at(servers)) {
        topics.create(SecretiveProgram.IN, 1);
        topics.create(SecretiveProgram.OUT, 1);
      }
      send(servers, "one");
      List<String> arguments =
          arguments(
              "run",
              "--bootstrapServers=" + servers,
              "--jobName=secretive",
              "--restPort=0",
              "--parallelism=2",
              "--stateBackend=rocksdb",
              "--stateMemory=1",
              "--stateDir=" + state,
              "--checkpointDir=" + checkpoints,
              "--checkpointingInterval=100",
              "--restartStrategy=fixed_delay",
              "--restartAttempts=1",
              "--restartDelayMillis=1");
      try (PurlinProcess purlin = PurlinProcess.start(arguments)) {
        Answers answers = new Answers(purlin.port());
        String job = "/jobs/" + answers.until("/jobs", all -> true).at("/jobs/0/id").asText();
        answers.until(job + "/user-metrics", all -> all.at("/counters").size() > 0);
        send(servers, SecretiveProgram.FAIL);
        answers.until(job, all -> all.at("/numRestarts").asInt() > 0);
        answers.until(job + "/checkpoints", all -> !all.at("/latest/completed/id").isMissingNode());
        assertTold(answers.all());
        assertThat(Canaries.secretsBelow(state)).isEmpty();
        send(servers, SecretiveProgram.END);

        String output = purlin.output();
        assertThat(purlin.exitCode()).as(output).isEqualTo(1);
        assertThat(Canaries.secretsIn(output)).as(output).isEmpty();
        // Its log, its clients' settings, its failure and the stack trace are there.
        assertThat(output)
            .contains("region: " + Canaries.CONTROL, "ssl.keystore.password", "sasl.jaas.config")
            .contains("error: java.lang.SecurityException: refused by db://******@db.example/x")
            .contains("at " + SecretiveProgram.class.getName());
      }
    }
    assertThat(Canaries.isControlBelow(checkpoints)).as("state in checkpoints").isTrue();
    assertThat(Canaries.secretsBelow(checkpoints)).isEmpty();
    Path job = checkpoints.resolve("secretive");
    String described = output(List.of("checkpoints", "list", job.toString()));
    assertThat(Canaries.secretsIn(described)).as(described).isEmpty();
  }

  private static void assertTold(Map<String, String> answers) {
    answers.forEach(
        (path, answer) -> assertThat(Canaries.secretsIn(answer)).as(path + answer).isEmpty());
    assertThat(answers.keySet().stream().filter(path -> path.contains("/vertices/")))
        .hasSizeGreaterThan(4);
    for (String told : List.of("/config", "/exceptions", "/user-metrics")) {
      assertThat(answers.keySet())
          .as(told)
          .anyMatch(
              path ->
                  path.startsWith("/jobs/")
                      && path.endsWith(told)
                      && answers.getOrDefault(path, "").contains(Canaries.CONTROL));
    }
    assertThat(answers.getOrDefault("/metrics", "")).contains(Canaries.CONTROL);
  }

  @Test
  void aPlanTellsNone() throws Exception {
    String text =
        output(
            arguments(
                "explain",
                "--bootstrapServers=localhost:9",
                "--step=Look up in " + Canaries.CONTROL + " at " + DATABASE));
    assertThat(text).contains("in " + Canaries.CONTROL + " at db://******@db.example/x");
    assertThat(Canaries.secretsIn(text)).isEmpty();
  }

  @Test
  void whatIsRefusedTellsNone() throws Exception {
    String text = output(arguments("run", "--regoin=" + Canaries.PASSWORD));
    assertThat(text).contains("regoin");
    assertThat(Canaries.secretsIn(text)).isEmpty();
  }

  @Test
  void helpTellsNone() throws Exception {
    String text = output(arguments("run", "--help"));
    assertThat(text).contains("--restToken");
    assertThat(Canaries.secretsIn(text)).isEmpty();
  }

  private static String output(List<String> arguments) throws IOException {
    try (PurlinProcess purlin = PurlinProcess.start(arguments)) {
      return purlin.output();
    }
  }

  private static void send(String servers, String value) {
    try (TopicWriter writer = new TopicWriter(servers)) {
      writer.send(
          new ProducerRecord<>(SecretiveProgram.IN, "k".getBytes(UTF_8), value.getBytes(UTF_8)));
      writer.flush();
    }
  }
}
