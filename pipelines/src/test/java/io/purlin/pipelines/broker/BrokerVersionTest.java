package io.purlin.pipelines.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BrokerVersionTest {
  @Test
  void theBuildHasTheJarsOfEach() {
    assertThat(BrokerVersion.of("3.9.2").classPath()).contains("kafka_2.13-3.9.2.jar");
    assertThat(BrokerVersion.of("4.1.2").classPath()).contains("kafka_2.13-4.1.2.jar");
    assertThat(BrokerVersion.of("4.4.0").classPath()).contains("kafka_2.13-4.4.0.jar");
  }

  @Test
  void anotherIsRefusedWithWhatToDo() {
    assertThatThrownBy(() -> BrokerVersion.of("2.8.0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no jars of a broker 2.8.0")
        .hasMessageContaining("--bootstrapServers");
  }
}
