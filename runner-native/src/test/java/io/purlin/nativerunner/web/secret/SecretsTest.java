package io.purlin.nativerunner.web.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is masked, and what is not. */
class SecretsTest {
  private static final String CANARY = "canary-4711";

  private final Secrets none = Secrets.of(Map.of());

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "databasePassword",
        "ssl.keystore.password",
        "fs.azure.account.key.x",
        "apiKey",
        "api-key",
        "auth-params",
        "service-key",
        "restToken",
        "basic-auth",
        "sasl.jaas.config",
        "http-headers",
        "awsCredentials",
        "ssl.keystore.key",
        "ssl.truststore.certificates",
        "sasl.mechanism",
        "Authorization",
        "AWS_SECRET_ACCESS_KEY"
      })
  void whatHasSuchANameIsMasked(String name) {
    assertThat(none.options(Map.of(name, CANARY))).containsEntry(name, Secrets.MASK);
    assertThat(none.masked("it failed with " + name + "=" + CANARY + "."))
        .doesNotContain(CANARY)
        .startsWith("it failed with " + name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=canary-4711",
        "password = canary-4711, next=1",
        "password: 'canary-4711'",
        "{\"sasl.jaas.config\":\"Module required username=\\\"u\\\" password=\\\"canary-4711\\\";\"}",
        "sasl.jaas.config=Module required username=\"u\" password=\"canary-4711\";",
        "-Dfirst=second=password=canary-4711",
        "jdbc:x://host/db?user=me&password=canary-4711&ssl=true",
        "https://me:canary-4711@host/path",
        "amqp://canary-4711@host",
        "Authorization: Bearer canary-4711",
        "header 'authorization' was bearer canary-4711",
        "settings {a=b, ssl.key.password=canary-4711}"
      })
  void aSecretInATextIsMasked(String text) {
    assertThat(none.masked(text)).doesNotContain(CANARY).contains(Secrets.MASK);
    assertThat(none.options(Map.of("settings", text)).get("settings")).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing to hide",
        "at com.acme.TokenService.login(TokenService.java:42)",
        "Caused by: java.io.IOException: no space left",
        "topic=orders, partition=3",
        "https://host/path?x=1",
        "a@b"
      })
  void otherTextStaysAsItIs(String text) {
    assertThat(none.masked(text)).isEqualTo(text);
  }

  @Test
  void theValueOfASecretOptionIsMaskedWhereverItTurnsUp() {
    Secrets secrets =
        Secrets.of(
            Map.of(
                "brokerPassword", "a\"b\\c-d", "kafka", "{\"ssl.key.password\":\"canary-4711\"}"));
    assertThat(secrets.known("user me, a\"b\\c-d and canary-4711"))
        .isEqualTo("user me, ****** and ******");
    assertThat(secrets.known("{\"x\":\"a\\\"b\\\\c-d\"}")).isEqualTo("{\"x\":\"******\"}");
  }

  @Test
  void aShortValueIsNoMark() {
    assertThat(Secrets.of(Map.of("password", "a")).known("banana")).isEqualTo("banana");
  }

  @Test
  void aNumberIsNoMarkEither() {
    assertThat(Secrets.of(Map.of("tokensPerSecond", "100000")).known("{\"duration\":100000}"))
        .isEqualTo("{\"duration\":100000}");
  }

  @Test
  void longTextIsNoTrouble() {
    String text = "password=\"" + "\\\"x".repeat(100_000);
    assertThat(none.masked(text)).contains("\\\"x");
    assertThat(none.masked("a=".repeat(100_000))).hasSize(200_000);
  }
}
