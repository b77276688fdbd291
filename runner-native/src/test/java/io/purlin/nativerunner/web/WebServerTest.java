package io.purlin.nativerunner.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.purlin.sdk.NativePipelineOptions;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the port answers. */
class WebServerTest {
  private static final String TOKEN = "a-token-of-many-characters";
  private static final String JOB = "/jobs/" + ShownJob.ID;

  private final ServedPort port = new ServedPort();

  @AfterEach
  void close() {
    port.close();
  }

  static List<String> paths() {
    return List.of(
        "/config",
        "/overview",
        "/jobs",
        "/jobs/overview",
        JOB,
        JOB + "/vertices",
        JOB + "/plan",
        JOB + "/checkpoints",
        JOB + "/checkpoints/config",
        JOB + "/exceptions",
        JOB + "/config",
        JOB + "/metrics",
        JOB + "/user-metrics",
        JOB + "/vertices/" + ShownJob.READ,
        JOB + "/vertices/" + ShownJob.READ + "/backpressure",
        JOB + "/vertices/" + ShownJob.READ + "/metrics",
        JOB + "/vertices/" + ShownJob.READ + "/watermarks");
  }

  static Map<String, String> files() {
    return Map.of(
        "/", "text/html;charset=utf-8",
        "/page/page.css", "text/css;charset=utf-8",
        "/page/icon.svg", "image/svg+xml;charset=utf-8",
        "/page/page.js", "text/javascript;charset=utf-8",
        "/page/elements.js", "text/javascript;charset=utf-8",
        "/page/graph.js", "text/javascript;charset=utf-8",
        "/page/layout.js", "text/javascript;charset=utf-8",
        "/page/tables.js", "text/javascript;charset=utf-8",
        "/page/text.js", "text/javascript;charset=utf-8",
        "/page/verdict.js", "text/javascript;charset=utf-8");
  }

  @Test
  void thePageIsForWhoeverAsksAndHasNothingOfTheJobInIt() throws Exception {
    NativePipelineOptions options = ServedPort.options();
    options.setRestToken(TOKEN);
    options.setRestHosts(List.of("Jobs.example"));
    port.serve(options);
    for (Map.Entry<String, String> file : files().entrySet()) {
      // A person types the name of the machine, and has no place for the token yet.
      String answer = port.raw().get(file.getKey(), "Host: jobs.example");
      assertThat(Port.status(answer)).as(file.getKey()).isEqualTo(200);
      assertThat(answer).contains(file.getValue()).doesNotContain(ShownJob.ID, ShownJob.SECRET);
      assertThat(answer).doesNotContain("innerHTML", "insertAdjacentHTML", "eval(");
    }
    assertThat(Port.status(port.raw().get("/", "Origin: http://evil.example"))).isEqualTo(403);
    assertThat(Port.status(port.raw().get("/page/", "Host: localhost"))).isEqualTo(401);
    assertThat(Port.status(port.raw().get("/page/../page/page.js", "Host: localhost")))
        .isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("paths")
  void eachPathIsAnsweredInJsonWithoutSecrets(String path) throws Exception {
    port.serve(ServedPort.options());
    HttpResponse<String> answer = port.client().get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(new ObjectMapper().readTree(answer.body()).isEmpty()).isFalse();
    assertThat(answer.body()).doesNotContain(ShownJob.SECRET);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue(Answer.JSON);
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).startsWith("default-src 'self'"));
    assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }

  @Test
  void metricsAreTextWithoutSecrets() throws Exception {
    port.serve(ServedPort.options());
    HttpResponse<String> answer = port.client().get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body())
        .contains("purlin_jobmanager_job_numRestarts{")
        .doesNotContain(ShownJob.SECRET);
  }

  @Test
  void aJobIsShownInTheShapeOfFlinks() throws Exception {
    port.serve(ServedPort.options());
    JsonNode job = port.client().json(JOB);
    assertThat(job.at("/state").asText()).isEqualTo("RUNNING");
    assertThat(job.at("/numRestarts").asInt()).isEqualTo(1);
    assertThat(job.at("/duration").asLong()).isEqualTo(1_000);
    assertThat(job.at("/open-transactions/0").asText()).isEqualTo("sums-writes");
    JsonNode task = port.client().json(JOB + "/vertices/" + ShownJob.WRITE).at("/subtasks/0");
    assertThat(task.at("/state-hits").asLong()).isEqualTo(75);
    assertThat(task.at("/state-fetches").asLong()).isEqualTo(25);
    assertThat(job.at("/vertices/0/name").asText()).isEqualTo(ShownJob.STEP);
    assertThat(job.at("/vertices/0/metrics/write-records").asLong()).isEqualTo(900);
    assertThat(job.at("/vertices/0/rates/backPressuredTimeMsPerSecond").asDouble()).isEqualTo(700);
    assertThat(job.at("/vertices/0/backpressure-level").asText()).isEqualTo("high");
    assertThat(job.at("/vertices/0/watermarkLag").asLong()).isEqualTo(100);
    assertThat(job.at("/vertices/1/input/usage").asDouble()).isEqualTo(0.75);
    assertThat(job.at("/plan/nodes/1/inputs/0/id").asText()).isEqualTo(ShownJob.READ);
    JsonNode backpressure =
        port.client().json(JOB + "/vertices/" + ShownJob.READ + "/backpressure");
    assertThat(backpressure.at("/subtasks/0/ratio").asDouble()).isEqualTo(0.7);
    JsonNode checkpoints = port.client().json(JOB + "/checkpoints");
    assertThat(checkpoints.at("/counts/completed").asInt()).isEqualTo(3);
    assertThat(checkpoints.at("/latest/completed/end_to_end_duration").asLong()).isEqualTo(40);
    assertThat(checkpoints.at("/latest/restored/id").asLong()).isEqualTo(2);
    JsonNode user = port.client().json(JOB + "/user-metrics");
    assertThat(user.at("/counters/0/value").asLong()).isEqualTo(41);
  }

  @Test
  void secretsOfOptionsAreMaskedAndTheRestIsShown() throws Exception {
    port.serve(ServedPort.options());
    JsonNode config = port.client().json(JOB + "/config").at("/execution-config/user-config");
    assertThat(config.at("/jobName").asText()).isEqualTo("sums");
    assertThat(config.at("/databasePassword").asText()).isEqualTo("******");
    assertThat(config.at("/database").asText()).isEqualTo("db://******@host/x");
    assertThat(port.client().json(JOB + "/exceptions").at("/root-exception").asText())
        .startsWith("java.lang.IllegalStateException: no login with password=******");
  }

  @Test
  void headGivesTheHeadersAlone() throws Exception {
    port.serve(ServedPort.options());
    HttpResponse<String> answer = port.client().send("HEAD", "/jobs");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
        .isEqualTo(port.client().get("/jobs").body().length());
  }

  @Test
  void optionsThatCannotBeMeantAreNamed() {
    NativePipelineOptions hosts = ServedPort.options();
    hosts.setRestHosts(List.of("jobs.example", "*.example"));
    assertThatThrownBy(() -> WebServer.of(hosts)).hasMessageContaining("--restHosts=*.example");
    NativePipelineOptions number = ServedPort.options();
    number.setRestPort(65_536);
    assertThatThrownBy(() -> WebServer.of(number)).hasMessageContaining("--restPort=65536");
    NativePipelineOptions file = ServedPort.options();
    file.setRestTokenFile("/nowhere/at/all");
    assertThatThrownBy(() -> WebServer.of(file)).hasMessageContaining("cannot be read");
    NativePipelineOptions both = ServedPort.options();
    both.setRestToken(TOKEN);
    both.setRestTokenFile("/nowhere/at/all");
    assertThatThrownBy(() -> WebServer.of(both)).hasMessageContaining("both given");
  }

  @Test
  void nothingListensUnlessItIsAskedFor() {
    assertThat(WebServer.of(PipelineOptionsFactory.create().as(NativePipelineOptions.class)))
        .isNull();
  }

  @Test
  void aPortInUseIsNamed() {
    port.serve(ServedPort.options());
    NativePipelineOptions second = ServedPort.options();
    second.setRestPort(port.number());
    assertThatThrownBy(() -> WebServer.of(second))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + port.number())
        .hasMessageContaining("--restPort");
  }

  @Test
  void beforeThereIsAJobTheServerIsAliveAndNotReady() throws Exception {
    port.listen(ServedPort.options());
    assertThat(port.client().get("/health/live").statusCode()).isEqualTo(503);
    assertThat(port.client().get("/jobs").statusCode()).isEqualTo(503);
    port.serve();
    assertThat(port.client().get("/health/live").statusCode()).isEqualTo(200);
    assertThat(port.client().get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyIsAnsweredOnceItIsClosed() {
    port.serve(ServedPort.options());
    Port raw = port.raw();
    port.close();
    port.close();
    assertThatThrownBy(() -> raw.get("/jobs")).isInstanceOf(ConnectException.class);
  }
}
