package io.purlin.io.kafka.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.connector.CheckpointId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkerTest {
  private final SinkNames names = SinkNames.of("job", null);

  /** What is on brokers stays readable: this text must never change. */
  @Test
  void isWrittenAsText() {
    Marker marker = new Marker(new CheckpointId(41, "ab-1"), 1234);
    assertThat(new String(marker.record(names).value(), UTF_8)).isEqualTo("v1 41 ab-1 1234");
    assertThat(new String(marker.record(names).key(), UTF_8)).isEqualTo("commit:job");
    assertThat(new String(Marker.ownerRecord(names).key(), UTF_8)).isEqualTo("owner:job");
    assertThat(Marker.parse("v1 41 ab-1 1234".getBytes(UTF_8))).isEqualTo(marker);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "v1", "v2 41 ab 1", "v1 x ab 1", "v1 -1 ab 1", "v1 1 a b 1"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Marker.parse(text.getBytes(UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }
}
