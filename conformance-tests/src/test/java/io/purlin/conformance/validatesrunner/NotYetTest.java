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
    NotYet list = NotYet.parse("# why\n\na.B$C#t p4,p1-streaming not built yet\n");
    assertThat(list.in(Configuration.P4))
        .isEqualTo(Map.of(TEST, new NotYet.Reason(false, "not built yet")));
    assertThat(list.in(Configuration.P1_STREAMING)).containsOnlyKeys(TEST);
    assertThat(list.in(Configuration.P1)).isEmpty();
    assertThat(list.in(Configuration.P4_STREAMING)).isEmpty();
  }

  @Test
  void aStarHoldsInEveryConfiguration() {
    NotYet list = NotYet.parse("a.B$C#t * not built yet");
    assertThat(Configuration.values())
        .allSatisfy(configuration -> assertThat(list.in(configuration)).containsOnlyKeys(TEST));
  }

  @Test
  void aTildeMarksWhatPassesSometimes() {
    NotYet list = NotYet.parse("a.B$C#t ~p1,p4 hangs on the clock");
    assertThat(list.in(Configuration.P4))
        .isEqualTo(Map.of(TEST, new NotYet.Reason(true, "hangs on the clock")));
    assertThat(list.in(Configuration.P1_STREAMING)).isEmpty();
  }

  @Test
  void whatIsNoEntryIsRefused() {
    assertThatThrownBy(() -> NotYet.parse("a.B#t *")).hasMessageContaining("a.B#t *");
    assertThatThrownBy(() -> NotYet.parse("a.B * why")).hasMessageContaining("a.B");
    assertThatThrownBy(() -> NotYet.parse("a.B#t p9 why")).hasMessageContaining("p9");
    assertThatThrownBy(() -> NotYet.parse("a.B#t p1 why\na.B#t * why"))
        .hasMessageContaining("twice");
  }

  @Test
  void theProjectsOwnListIsReadable() throws IOException {
    assertThat(NotYet.read().reasons()).containsOnlyKeys(Configuration.values());
  }
}
