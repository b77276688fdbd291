package io.purlin.sdk.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is masked, and what is not. */
class SecretsTest {
  private static final String CANARY = "canary-4711";

  private final Secrets none = Secrets.none();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password",
        "databasePassword",
        "ssl.keystore.password",
        "ssl.truststore.password",
        "ssl.key.password",
        "PGPASSWORD",
        "mysql_passwd",
        "passphrase",
        "pwd",
        "fs.azure.account.key.x",
        "apiKey",
        "api-key",
        "auth-params",
        "service-key",
        "SharedAccessKey",
        "restToken",
        "basic-auth",
        "basic.auth.user.info",
        "sasl.jaas.config",
        "saslJaasConfig",
        "sasl.mechanism",
        "http-headers",
        "awsCredentials",
        "client_secret",
        "ssl.keystore.key",
        "ssl.keystore.certificate.chain",
        "ssl.truststore.certificates",
        "Authorization",
        "Set-Cookie",
        "connectionString",
        "AWS_SECRET_ACCESS_KEY",
        "X-Amz-Signature",
        "sig"
      })
  void whatHasSuchANameIsMasked(String name) {
    assertThat(none.options(Map.of(name, CANARY))).containsEntry(name, Secrets.MASK);
    assertThat(none.masked("it failed with " + name + "=" + CANARY + "."))
        .doesNotContain(CANARY)
        .startsWith("it failed with " + name);
    assertThat(Secrets.of(Map.of(name, CANARY)).maskedValues("<" + CANARY + ">"))
        .isEqualTo("<******>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "key.deserializer",
        "group.id",
        "monkey",
        "passes",
        "author",
        "design",
        "checkpointDir",
        "keyedStates"
      })
  void otherNamesAreShown(String name) {
    assertThat(none.options(Map.of(name, CANARY))).containsEntry(name, CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=canary-4711",
        "--kafkaPassword=canary-4711",
        "password = canary-4711, next=1",
        "password := canary-4711",
        "password: 'canary-4711'",
        "<password>canary-4711</password>",
        "{\"apiToken\": \"canary-4711 and more\"}",
        "{\"sasl.jaas.config\":\"Module required username=\\\"u\\\" password=\\\"canary-4711\\\";\"}",
        "{\"x\":\"{\\\"a\\\":1,\\\"password\\\":\\\"canary-4711\\\"}\"}",
        "{\\\"sasl.jaas.config\\\":\\\"M required u=\\\\\\\"u\\\\\\\" password=\\\\\\\"canary-4711\\\\\\\"\\\"}",
        "sasl.jaas.config=Module required username=\"u\" password=\"canary-4711\";",
        "-Dfirst=second=password=canary-4711",
        "jdbc:x://host/db?user=me&password=canary-4711&ssl=true",
        "jdbc:oracle:thin:me/canary-4711@//host:1521/x",
        "https://me:canary-4711@host/path",
        "https://me:ab/canary-4711@host/path",
        "https://me:ab@canary-4711@host/path",
        "amqp://canary-4711@host",
        "https://x.blob.example.org/c?sv=1&sig=canary-4711&se=2",
        "AccountName=x;AccountKey=canary-4711;EndpointSuffix=y",
        "Authorization: Bearer canary-4711",
        "Authorization: Negotiate canary-4711",
        "{\"Authorization\":\"Bearer canary-4711\"}",
        "header 'authorization' was bearer canary-4711",
        "Proxy-Authorization=Basic canary-4711",
        "settings {a=b, ssl.key.password=canary-4711}",
        "-----BEGIN RSA PRIVATE KEY-----\ncanary+4711\n-----END RSA PRIVATE KEY-----",
        "he sent eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.canary-4711 to us"
      })
  void aSecretInATextIsMasked(String text) {
    assertThat(none.masked(text)).doesNotContain(CANARY, "canary+4711").contains(Secrets.MASK);
    assertThat(none.options(Map.of("settings", text)).get("settings")).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nothing to hide",
        "no password was given",
        "checkpoint 1 (token-1) is whole",
        "key coder: utf8",
        "the bearer of news",
        "Basic authentication failed",
        "--parallelism=4",
        "at com.acme.TokenService.login(TokenService.java:42)",
        "org.apache.kafka.common.errors.SaslAuthenticationException: failed",
        "Caused by: java.io.IOException: no space left",
        "topic=orders, partition=3",
        "http://localhost:8081/health/live",
        "http://localhost:8081/a?mail=x@y",
        "https://host/path?x=1",
        "a@b"
      })
  void otherTextStaysAsItIs(String text) {
    assertThat(none.masked(text)).isEqualTo(text);
    assertThat(none.maskedValues(text)).isEqualTo(text);
  }

  @Test
  void namesAndAllElseStay() {
    assertThat(none.masked("user=ada password=x, topic=clicks"))
        .isEqualTo("user=ada password=******, topic=clicks");
  }

  @Test
  void theValueOfASecretOptionIsMaskedWhereverItTurnsUp() {
    Secrets secrets =
        Secrets.of(
            Map.of(
                "brokerPassword", "a\"b\\c-d", "kafka", "{\"ssl.key.password\":\"canary-4711\"}"));
    assertThat(secrets.masked("user me, a\"b\\c-d and canary-4711"))
        .isEqualTo("user me, ****** and ******");
    assertThat(secrets.maskedValues("{\"x\":\"a\\\"b\\\\c-d\"}")).isEqualTo("{\"x\":\"******\"}");
    assertThat(secrets.maskedValues("?x=a%22b%5Cc-d")).isEqualTo("?x=******");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "M required username=\"u\" password=\"canary-4711\";",
        "M required username=\\\"u\\\" password=\\\"canary-4711\\\";",
      })
  void thePartsOfASecretAreSecretsToo(String jaas) {
    assertThat(Secrets.of(Map.of("sasl.jaas.config", jaas)).maskedValues("was canary-4711, here"))
        .isEqualTo("was ******, here");
    assertThat(
            Secrets.of(Map.of("kafka", "{\"sasl.jaas.config\":\"" + jaas + "\"}"))
                .maskedValues("was canary-4711, here"))
        .isEqualTo("was ******, here");
  }

  @Test
  void thePasswordOfAUrlIsKnown() {
    assertThat(Secrets.of(Map.of("database", "db://me:canary-4711@host")).masked("canary-4711!"))
        .isEqualTo("******!");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "run --restToken=canary-4711",
        "run --restToken canary-4711 --x=y",
        "-pwd=canary-4711"
      })
  void argumentsAreOptions(String line) {
    Secrets secrets = Secrets.ofArguments(List.of(line.split(" ", -1)));
    assertThat(secrets.masked("not canary-4711, but run --x=y"))
        .isEqualTo("not ******, but run --x=y");
  }

  @Test
  void aDocumentKeepsItsForm() {
    String json = "{\"tokens\":100000,\"password\":\"here\"}";
    assertThat(none.maskedValues(json)).isEqualTo(json);
    assertThat(none.maskedValues("{\"name\":\"Read db://me:canary-4711@host/x\"}"))
        .isEqualTo("{\"name\":\"Read db://******@host/x\"}");
  }

  @Test
  void aShortValueIsNoMark() {
    assertThat(Secrets.of(Map.of("password", "a")).maskedValues("banana")).isEqualTo("banana");
  }

  @Test
  void aNumberIsNoMarkEither() {
    assertThat(
            Secrets.of(Map.of("tokensPerSecond", "100000")).maskedValues("{\"duration\":100000}"))
        .isEqualTo("{\"duration\":100000}");
  }

  @Test
  void longTextIsNoTrouble() {
    String text = "password=\"" + "\\\"x".repeat(100_000);
    assertThat(none.masked(text)).contains("\\\"x");
    assertThat(none.masked("a=".repeat(100_000))).hasSize(200_000);
    assertThat(none.masked("a://".repeat(20_000))).hasSize(80_000);
    assertThat(Secrets.of(Map.of("x", "password=".repeat(10_000))).masked("x")).isEqualTo("x");
  }
}
