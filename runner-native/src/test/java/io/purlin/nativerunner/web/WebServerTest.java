package io.purlin.nativerunner.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.purlin.sdk.NativePipelineOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the port answers, and to whom. */
class WebServerTest {
  private static final String TOKEN = "a-token-of-many-characters";
  private static final String JOB = "/jobs/" + ShownJob.ID;

  private @Nullable WebServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
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
    NativePipelineOptions options = options();
    options.setRestToken(TOKEN);
    options.setRestHosts(List.of("Jobs.example"));
    serve(options);
    for (Map.Entry<String, String> file : files().entrySet()) {
      // A person types the name of the machine, and has no place for the token yet.
      String answer = new Port(port()).get(file.getKey(), "Host: jobs.example");
      assertThat(Port.status(answer)).as(file.getKey()).isEqualTo(200);
      assertThat(answer).contains(file.getValue()).doesNotContain(ShownJob.ID, ShownJob.SECRET);
      assertThat(answer).doesNotContain("innerHTML", "insertAdjacentHTML", "eval(");
    }
    assertThat(Port.status(new Port(port()).get("/", "Origin: http://evil.example")))
        .isEqualTo(403);
    assertThat(Port.status(new Port(port()).get("/page/", "Host: localhost"))).isEqualTo(401);
    assertThat(Port.status(new Port(port()).get("/page/../page/page.js", "Host: localhost")))
        .isEqualTo(401);
  }

  @ParameterizedTest
  @MethodSource("paths")
  void eachPathIsAnsweredInJsonWithoutSecrets(String path) throws Exception {
    serve(options());
    HttpResponse<String> answer = get(path);
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
    serve(options());
    HttpResponse<String> answer = get("/metrics");
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
    assertThat(answer.body())
        .contains("purlin_jobmanager_job_numRestarts{")
        .doesNotContain(ShownJob.SECRET);
  }

  @Test
  void aJobIsShownInTheShapeOfFlinks() throws Exception {
    serve(options());
    JsonNode job = json(JOB);
    assertThat(job.at("/state").asText()).isEqualTo("RUNNING");
    assertThat(job.at("/numRestarts").asInt()).isEqualTo(1);
    assertThat(job.at("/duration").asLong()).isEqualTo(1_000);
    assertThat(job.at("/open-transactions/0").asText()).isEqualTo("sums-writes");
    JsonNode task = json(JOB + "/vertices/" + ShownJob.WRITE).at("/subtasks/0");
    assertThat(task.at("/state-hits").asLong()).isEqualTo(75);
    assertThat(task.at("/state-fetches").asLong()).isEqualTo(25);
    assertThat(job.at("/vertices/0/name").asText()).isEqualTo(ShownJob.STEP);
    assertThat(job.at("/vertices/0/metrics/write-records").asLong()).isEqualTo(900);
    assertThat(job.at("/vertices/0/rates/backPressuredTimeMsPerSecond").asDouble()).isEqualTo(700);
    assertThat(job.at("/vertices/0/backpressure-level").asText()).isEqualTo("high");
    assertThat(job.at("/vertices/0/watermarkLag").asLong()).isEqualTo(100);
    assertThat(job.at("/vertices/1/input/usage").asDouble()).isEqualTo(0.75);
    assertThat(job.at("/plan/nodes/1/inputs/0/id").asText()).isEqualTo(ShownJob.READ);
    JsonNode backpressure = json(JOB + "/vertices/" + ShownJob.READ + "/backpressure");
    assertThat(backpressure.at("/subtasks/0/ratio").asDouble()).isEqualTo(0.7);
    JsonNode checkpoints = json(JOB + "/checkpoints");
    assertThat(checkpoints.at("/counts/completed").asInt()).isEqualTo(3);
    assertThat(checkpoints.at("/latest/completed/end_to_end_duration").asLong()).isEqualTo(40);
    assertThat(checkpoints.at("/latest/restored/id").asLong()).isEqualTo(2);
    JsonNode user = json(JOB + "/user-metrics");
    assertThat(user.at("/counters/0/value").asLong()).isEqualTo(41);
  }

  @Test
  void secretsOfOptionsAreMaskedAndTheRestIsShown() throws Exception {
    serve(options());
    JsonNode config = json(JOB + "/config").at("/execution-config/user-config");
    assertThat(config.at("/jobName").asText()).isEqualTo("sums");
    assertThat(config.at("/databasePassword").asText()).isEqualTo("******");
    assertThat(config.at("/database").asText()).isEqualTo("db://******@host/x");
    assertThat(json(JOB + "/exceptions").at("/root-exception").asText())
        .startsWith("java.lang.IllegalStateException: no login with password=******");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/..",
        "/../etc/passwd",
        "/jobs/../../etc/passwd",
        "/%2e%2e%2fetc%2fpasswd",
        "/jobs/..%252f..%252fetc%252fpasswd",
        "/jobs/..\\..\\etc\\passwd",
        "/jobs/%00",
        "/jobs/\u0000",
        "//etc/passwd",
        "/jobs/unknown",
        "/jobs//vertices",
        "/JOBS",
        "/jobs;a=b",
        "/static/index.html",
        "http://127.0.0.1/jobs/../x",
        "*"
      })
  void whatIsNotThereIsNotFoundHoweverItIsWritten(String path) throws Exception {
    serve(options());
    String answer = new Port(port()).get(path);
    assertThat(Port.status(answer)).isIn(400, 404);
    assertThat(answer).doesNotContain("passwd").doesNotContain("root:");
    // The server has not suffered.
    assertThat(get("/jobs").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "GRAB"})
  void onlyReadingIsAllowed(String method) throws Exception {
    serve(options());
    String answer =
        new Port(port())
            .send(method + " /jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(Port.status(answer)).isEqualTo(405);
    assertThat(answer).containsIgnoringCase("Allow: GET, HEAD");
  }

  @Test
  void headGivesTheHeadersAlone() throws Exception {
    serve(options());
    HttpResponse<String> answer = client().send("HEAD", "/jobs");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEmpty();
    assertThat(answer.headers().firstValueAsLong("Content-Length").orElse(0))
        .isEqualTo(get("/jobs").body().length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host: evil.example",
        "Host: 127.0.0.1.evil.example",
        "Host: localhost.evil.example:80",
        "Host: ",
        "Origin: http://evil.example",
        "Origin: null",
        "Origin: http://127.0.0.1:1"
      })
  void callsInTheNameOfAnotherSiteAreRefused(String header) throws Exception {
    serve(options());
    assertThat(Port.status(new Port(port()).get("/jobs", header))).isEqualTo(403);
  }

  @Test
  void pagesOfTheServerItselfMayCall() throws Exception {
    serve(options());
    String own = "http://localhost:" + port();
    String answer = new Port(port()).get("/jobs", "Host: localhost:" + port(), "Origin: " + own);
    assertThat(Port.status(answer)).isEqualTo(200);
  }

  @Test
  void requestsThatAreTooLargeAreRefused() throws Exception {
    serve(options());
    Port port = new Port(port());
    assertThat(Port.status(port.get("/" + "a".repeat(Guard.MOST_URI_CHARACTERS)))).isEqualTo(414);
    assertThat(Port.status(port.get("/jobs", "A: b\r\n".repeat(80) + "C: d"))).isEqualTo(431);
    assertThat(Port.status(port.get("/jobs", "Content-Length: 5"))).isEqualTo(413);
    // The JDK's own limits end the connection, with or without an answer.
    assertThat(port.get("/jobs", "A: b\r\n".repeat(1_000) + "C: d")).doesNotContain("200 OK");
    assertThat(port.get("/jobs", "A: " + "b".repeat(100_000))).doesNotContain("200 OK");
  }

  @Test
  void aRequestThatDoesNotComeToItsEndIsGivenUp() throws Exception {
    serve(options());
    // Returns when the server closes; the test's own limit is above the server's.
    assertThat(new Port(port()).send("GET /jobs HTTP/1.1\r\nHost: localhost\r\n"))
        .doesNotContain("200 OK");
  }

  @Test
  void aTokenIsAskedOfEveryoneButHealthChecks() throws Exception {
    NativePipelineOptions options = options();
    options.setRestToken(TOKEN);
    serve(options);
    Port port = new Port(port());
    assertThat(Port.status(port.get("/jobs"))).isEqualTo(401);
    assertThat(port.get("/jobs")).containsIgnoringCase("WWW-Authenticate: Bearer");
    assertThat(Port.status(port.get("/jobs", "Authorization: Bearer " + TOKEN + "x")))
        .isEqualTo(401);
    assertThat(Port.status(port.get("/jobs", "Authorization: Basic " + TOKEN))).isEqualTo(401);
    assertThat(Port.status(port.get("/jobs", "Authorization: Bearer " + TOKEN))).isEqualTo(200);
    assertThat(Port.status(port.get("/health/live"))).isEqualTo(200);
  }

  @Test
  void aTokenIsReadFromAFile(@TempDir Path directory) throws Exception {
    NativePipelineOptions options = options();
    options.setRestTokenFile(
        Files.writeString(directory.resolve("token"), TOKEN + "\n").toString());
    serve(options);
    assertThat(Port.status(new Port(port()).get("/jobs"))).isEqualTo(401);
    assertThat(Port.status(new Port(port()).get("/jobs", "Authorization: bearer " + TOKEN)))
        .isEqualTo(200);
  }

  @Test
  void otherMachinesMayNotLookWithoutAToken() {
    NativePipelineOptions options = options();
    options.setRestBindAddress("0.0.0.0");
    assertThatThrownBy(() -> WebServer.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--restBindAddress=0.0.0.0")
        .hasMessageContaining("--restTokenFile");
    options.setRestToken("short");
    assertThatThrownBy(() -> WebServer.of(options))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 16 characters")
        .hasMessageNotContaining("short");
  }

  @Test
  void whatIsRefusedHasTheHeadersOfAllAnswers() throws Exception {
    NativePipelineOptions options = options();
    options.setRestToken(TOKEN);
    serve(options);
    Port port = new Port(port());
    for (String answer :
        List.of(
            port.get("/jobs"),
            port.get("/", "Host: evil.example"),
            port.get("/not/there", "Authorization: Bearer " + TOKEN))) {
      assertThat(Port.status(answer)).isIn(401, 403, 404);
      assertThat(answer.toLowerCase(Locale.ROOT))
          .contains("content-security-policy: default-src 'self'; frame-ancestors 'none'")
          .contains("x-content-type-options: nosniff", "x-frame-options: deny")
          .contains("referrer-policy: no-referrer", "cross-origin-resource-policy: same-origin")
          .contains("cache-control: no-store")
          .doesNotContain("access-control-allow", "evil.example");
    }
  }

  @Test
  void optionsThatCannotBeMeantAreNamed() {
    NativePipelineOptions hosts = options();
    hosts.setRestHosts(List.of("jobs.example", "*.example"));
    assertThatThrownBy(() -> WebServer.of(hosts)).hasMessageContaining("--restHosts=*.example");
    NativePipelineOptions port = options();
    port.setRestPort(65_536);
    assertThatThrownBy(() -> WebServer.of(port)).hasMessageContaining("--restPort=65536");
    NativePipelineOptions file = options();
    file.setRestTokenFile("/nowhere/at/all");
    assertThatThrownBy(() -> WebServer.of(file)).hasMessageContaining("cannot be read");
    NativePipelineOptions both = options();
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
    serve(options());
    NativePipelineOptions second = options();
    second.setRestPort(port());
    assertThatThrownBy(() -> WebServer.of(second))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("127.0.0.1:" + port())
        .hasMessageContaining("--restPort");
  }

  @Test
  void beforeThereIsAJobTheServerIsAliveAndNotReady() throws Exception {
    server = WebServer.of(options());
    assertThat(get("/health/live").statusCode()).isEqualTo(503);
    assertThat(get("/jobs").statusCode()).isEqualTo(503);
    running().serve(new ShownJob());
    assertThat(get("/health/live").statusCode()).isEqualTo(200);
    assertThat(get("/health/ready").statusCode()).isEqualTo(200);
  }

  @Test
  void nobodyIsAnsweredOnceItIsClosed() {
    serve(options());
    int port = port();
    WebServer closed = running();
    closed.close();
    closed.close();
    assertThatThrownBy(() -> new Port(port).get("/jobs")).isInstanceOf(ConnectException.class);
  }

  private static NativePipelineOptions options() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRestPort(0);
    return options;
  }

  private void serve(NativePipelineOptions options) {
    server = WebServer.of(options);
    running().serve(new ShownJob());
  }

  private WebServer running() {
    return Objects.requireNonNull(server);
  }

  private int port() {
    return running().port();
  }

  private RestClient client() {
    return new RestClient(port());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client().get(path);
  }

  private JsonNode json(String path) throws IOException, InterruptedException {
    return client().json(path);
  }
}
