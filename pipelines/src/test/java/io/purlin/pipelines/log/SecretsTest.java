package io.purlin.pipelines.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {
  private static final String CANARY = "c4nary+=";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password=@",
        "--kafkaPassword=@",
        "ssl.keystore.password = @",
        "{\"apiToken\": \"@ and more\"}",
        "sasl.jaas.config=PlainLoginModule required username=\"ada\" password=\"@\";",
        "client_secret: '@'",
        "aws_secret_access_key=@, region=x",
        "Authorization: Bearer @@@",
        "sent with bearer @@@@",
        "jdbc:postgresql://ada:@@example.org/db",
        "accountKey=@;EndpointSuffix=x",
      })
  void secretsAreMasked(String form) {
    String text = form.replace("@@e", "%e").replace("@", CANARY).replace("%e", CANARY + "@e");
    assertThat(Secrets.masked(text)).doesNotContain(CANARY).contains("***");
  }

  @Test
  void theirNamesAndAllElseStay() {
    assertThat(Secrets.masked("user=ada password=x, topic=clicks"))
        .isEqualTo("user=ada password=***, topic=clicks");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "checkpoint 1 (token-1) is whole",
        "key coder: utf8",
        "no password was given",
        "the bearer of news",
        "http://localhost:8081/health/live",
        "--parallelism=4",
      })
  void whatIsNoSecretStays(String text) {
    assertThat(Secrets.masked(text)).isEqualTo(text);
  }
}
