package io.purlin.nativerunner.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClockTest {
  @Test
  void theSystemClockNeverGoesBack() {
    SystemClock clock = new SystemClock();
    long before = clock.millis();
    for (int i = 0; i < 100_000; i++) {
      long now = clock.millis();
      assertThat(now).isGreaterThanOrEqualTo(before);
      before = now;
    }
  }

  @Test
  void aManualClockMovesWhenItIsTold() {
    ManualClock clock = new ManualClock(5);
    clock.advance(10);
    assertThat(clock.millis()).isEqualTo(15);
    clock.advanceTo(12);
    assertThat(clock.millis()).isEqualTo(15);
    clock.advanceTo(20);
    assertThat(clock.millis()).isEqualTo(20);
    assertThatThrownBy(() -> clock.advance(-1)).isInstanceOf(IllegalArgumentException.class);
  }
}
