package io.purlin.conformance.validatesrunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NotYetTest {
  private static final TestId TEST = new TestId("a.B$C", "t");

  @Test
  void anEntryHoldsInTheConfigurationsItNames() {
    NotYet list = parse("# why\n\na.B$C#t p4,p1-streaming not built yet\n");
    assertThat(list.in(Configuration.P4))
        .isEqualTo(Map.of(TEST, new NotYet.Reason(false, "not built yet")));
    assertThat(list.in(Configuration.P1_STREAMING)).containsOnlyKeys(TEST);
    assertThat(list.in(Configuration.P1)).isEmpty();
    assertThat(list.in(Configuration.P4_STREAMING)).isEmpty();
  }

  @Test
  void aStarHoldsInEveryConfiguration() {
    NotYet list = parse("a.B$C#t * not built yet");
    assertThat(Configuration.of(Suite.VALIDATES_RUNNER))
        .allSatisfy(configuration -> assertThat(list.in(configuration)).containsOnlyKeys(TEST));
  }

  @Test
  void aTildeMarksWhatPassesSometimes() {
    NotYet list = parse("a.B$C#t ~p1,p4 hangs on the clock");
    assertThat(list.in(Configuration.P4))
        .isEqualTo(Map.of(TEST, new NotYet.Reason(true, "hangs on the clock")));
    assertThat(list.in(Configuration.P1_STREAMING)).isEmpty();
  }

  @Test
  void aTestMayHaveParameters() {
    NotYet list = parse("a.B$C#t[0: true] p4 not [built] yet");
    assertThat(list.in(Configuration.P4))
        .isEqualTo(
            Map.of(new TestId("a.B$C", "t[0: true]"), new NotYet.Reason(false, "not [built] yet")));
  }

  @Test
  void whatIsNoEntryIsRefused() {
    assertThatThrownBy(() -> parse("a.B#t *")).hasMessageContaining("a.B#t *");
    assertThatThrownBy(() -> parse("a.B * why")).hasMessageContaining("a.B");
    assertThatThrownBy(() -> parse("a.B#t p9 why")).hasMessageContaining("p9");
    assertThatThrownBy(() -> parse("a.B#t p1 why\na.B#t * why")).hasMessageContaining("twice");
    assertThatThrownBy(() -> parse("a.B#t needs-runner-p1 why"))
        .hasMessageContaining("another suite");
  }

  @Test
  void theProjectsOwnListsAreReadable() throws IOException {
    for (Suite suite : Suite.values()) {
      assertThat(NotYet.read(suite).reasons()).hasSameSizeAs(Configuration.of(suite));
    }
  }

  private static NotYet parse(String text) {
    return NotYet.parse(Suite.VALIDATES_RUNNER, text);
  }
}
