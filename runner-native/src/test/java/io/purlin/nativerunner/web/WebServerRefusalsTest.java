package io.purlin.nativerunner.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.NativePipelineOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom and what the port refuses. */
class WebServerRefusalsTest {
  private static final String TOKEN = "a-token-of-many-characters";

  private final ServedPort port = new ServedPort();

  @AfterEach
  void close() {
    port.close();
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
    port.serve(ServedPort.options());
    String answer = port.raw().get(path);
    assertThat(Port.status(answer)).isIn(400, 404);
    assertThat(answer).doesNotContain("passwd").doesNotContain("root:");
    // The server has not suffered.
    assertThat(port.client().get("/jobs").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "GRAB"})
  void onlyReadingIsAllowed(String method) throws Exception {
    port.serve(ServedPort.options());
    String answer =
        port.raw().send(method + " /jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(Port.status(answer)).isEqualTo(405);
    assertThat(answer).containsIgnoringCase("Allow: GET, HEAD");
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
    port.serve(ServedPort.options());
    assertThat(Port.status(port.raw().get("/jobs", header))).isEqualTo(403);
  }

  @Test
  void pagesOfTheServerItselfMayCall() throws Exception {
    port.serve(ServedPort.options());
    String own = "http://localhost:" + port.number();
    String answer = port.raw().get("/jobs", "Host: localhost:" + port.number(), "Origin: " + own);
    assertThat(Port.status(answer)).isEqualTo(200);
  }

  @Test
  void requestsThatAreTooLargeAreRefused() throws Exception {
    port.serve(ServedPort.options());
    Port raw = port.raw();
    assertThat(Port.status(raw.get("/" + "a".repeat(Guard.MOST_URI_CHARACTERS)))).isEqualTo(414);
    assertThat(Port.status(raw.get("/jobs", "A: b\r\n".repeat(80) + "C: d"))).isEqualTo(431);
    assertThat(Port.status(raw.get("/jobs", "Content-Length: 5"))).isEqualTo(413);
    // The JDK's own limits end the connection, with or without an answer.
    assertThat(raw.get("/jobs", "A: b\r\n".repeat(1_000) + "C: d")).doesNotContain("200 OK");
    assertThat(raw.get("/jobs", "A: " + "b".repeat(100_000))).doesNotContain("200 OK");
  }

  @Test
  void aRequestThatDoesNotComeToItsEndIsGivenUp() throws Exception {
    port.serve(ServedPort.options());
    // Returns when the server closes; the test's own limit is above the server's.
    assertThat(port.raw().send("GET /jobs HTTP/1.1\r\nHost: localhost\r\n"))
        .doesNotContain("200 OK");
  }

  @Test
  void aTokenIsAskedOfEveryoneButHealthChecks() throws Exception {
    NativePipelineOptions options = ServedPort.options();
    options.setRestToken(TOKEN);
    port.serve(options);
    Port raw = port.raw();
    assertThat(Port.status(raw.get("/jobs"))).isEqualTo(401);
    assertThat(raw.get("/jobs")).containsIgnoringCase("WWW-Authenticate: Bearer");
    assertThat(Port.status(raw.get("/jobs", "Authorization: Bearer " + TOKEN + "x")))
        .isEqualTo(401);
    assertThat(Port.status(raw.get("/jobs", "Authorization: Basic " + TOKEN))).isEqualTo(401);
    assertThat(Port.status(raw.get("/jobs", "Authorization: Bearer " + TOKEN))).isEqualTo(200);
    assertThat(Port.status(raw.get("/health/live"))).isEqualTo(200);
  }

  @Test
  void aTokenIsReadFromAFile(@TempDir Path directory) throws Exception {
    NativePipelineOptions options = ServedPort.options();
    options.setRestTokenFile(
        Files.writeString(directory.resolve("token"), TOKEN + "\n").toString());
    port.serve(options);
    assertThat(Port.status(port.raw().get("/jobs"))).isEqualTo(401);
    assertThat(Port.status(port.raw().get("/jobs", "Authorization: bearer " + TOKEN)))
        .isEqualTo(200);
  }

  @Test
  void otherMachinesMayNotLookWithoutAToken() {
    NativePipelineOptions options = ServedPort.options();
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
    NativePipelineOptions options = ServedPort.options();
    options.setRestToken(TOKEN);
    port.serve(options);
    Port raw = port.raw();
    for (String answer :
        List.of(
            raw.get("/jobs"),
            raw.get("/", "Host: evil.example"),
            raw.get("/not/there", "Authorization: Bearer " + TOKEN))) {
      assertThat(Port.status(answer)).isIn(401, 403, 404);
      assertThat(answer.toLowerCase(Locale.ROOT))
          .contains("content-security-policy: default-src 'self'; frame-ancestors 'none'")
          .contains("x-content-type-options: nosniff", "x-frame-options: deny")
          .contains("referrer-policy: no-referrer", "cross-origin-resource-policy: same-origin")
          .contains("cache-control: no-store")
          .doesNotContain("access-control-allow", "evil.example");
    }
  }
}
