package io.purlin.pipelines.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.purlin.pipelines.log.LogFormat.Entry;
import io.purlin.sdk.secret.Secrets;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.event.Level;

class LogFormatTest {
  private static Entry entry(String message, @Nullable Throwable failure) {
    Instant time = Instant.parse("2026-01-02T03:04:05.678Z");
    return new Entry(time, Level.WARN, "io.purlin.Some", "task-1", message, failure);
  }

  @Test
  void textIsALineForPeople() {
    assertThat(LogFormat.text.line(entry("the broker is away", null), Secrets.none()))
        .matches("\\d\\d:\\d\\d:05 WARN Some - the broker is away");
  }

  @Test
  void jsonIsAnObjectOnOneLine() throws IOException {
    String message =
        "tab\t \"quoted\" back\\slash\nsecond line \u0001 \u00e9 \ud83d\ude00 lone \ud83d";
    String line =
        LogFormat.json.line(entry(message, new IOException("disk \"full\"")), Secrets.none());
    assertThat(line).doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.get("@timestamp").asText()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(json.get("log.level").asText()).isEqualTo("WARN");
    assertThat(json.get("log.logger").asText()).isEqualTo("io.purlin.Some");
    assertThat(json.get("process.thread.name").asText()).isEqualTo("task-1");
    assertThat(json.get("message").asText()).isEqualTo(message);
    assertThat(json.get("error.type").asText()).isEqualTo("java.io.IOException");
    assertThat(json.get("error.message").asText()).isEqualTo("disk \"full\"");
    assertThat(json.get("error.stack_trace").asText()).contains("LogFormatTest");
  }

  @Test
  void secretsAreInNeitherOfThem() {
    Entry entry = entry("password=canary, as bird.y", new IOException("token: canary, bird.y"));
    Secrets secrets = Secrets.ofArguments(List.of("--restToken=bird.y"));
    for (LogFormat format : LogFormat.values()) {
      assertThat(format.line(entry, secrets))
          .doesNotContain("canary", "bird.y")
          .contains("password=******, as ******");
    }
  }

  @Test
  void aLevelHoldsForAllBelowIt() {
    Properties properties = new Properties();
    properties.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn");
    properties.setProperty("org.slf4j.simpleLogger.log.org.apache", "error");
    properties.setProperty("org.slf4j.simpleLogger.log.org.apache.beam", "debug");
    properties.setProperty("org.slf4j.simpleLogger.log.noise", "off");
    LogLevels levels = new LogLevels(properties);
    assertThat(levels.of("io.purlin.A")).isEqualTo(Level.WARN);
    assertThat(levels.of("org.apache.kafka.B")).isEqualTo(Level.ERROR);
    assertThat(levels.of("org.apache.beam.sdk.C")).isEqualTo(Level.DEBUG);
    assertThat(levels.of("org.apache")).isEqualTo(Level.ERROR);
    assertThat(levels.of("noise.D")).isNull();
  }
}
