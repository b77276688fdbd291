package io.purlin.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When numbers are due, and what is late. */
class ScheduleTest {
  private static final long ORIGIN = 5_000_000_000L;

  /** 2,000 a second for two seconds, of which half a second warms up. */
  private static final Schedule PACED = new Schedule(ORIGIN, 2_000, 4_000, true, 1_000);

  @Test
  void numbersAreDueAtEqualDistances() {
    assertThat(PACED.dueNanos(3)).isEqualTo(1_500_000);
    assertThat(PACED.isDue(3, ORIGIN + 1_499_999)).isFalse();
    assertThat(PACED.isDue(3, ORIGIN + 1_500_000)).isTrue();
    assertThat(PACED.millis(3)).isEqualTo(1);
  }

  @Test
  void withoutAPaceAllAreDue() {
    assertThat(new Schedule(ORIGIN, 2_000, 4_000, false, 0).isDue(3_999, 0)).isTrue();
  }

  @Test
  void aPauseCountsForAllThatCameMeanwhile() {
    // Everything stands still from 10 to 110 ms: what was due at 20 ms is 90 ms late, not 0.
    long after = ORIGIN + 110_000_000;
    assertThat(PACED.nanosSinceDue(40, after)).isEqualTo(90_000_000);
    assertThat(PACED.nanosSinceDue(220, after)).isZero();
    assertThat(PACED.nanosSinceMillis(100, after)).isEqualTo(10_000_000);
  }

  @Test
  void windowsAreMeasuredBetweenTheWarmingUpAndTheLastNumber() {
    assertThat(PACED.isMeasured(500)).isFalse();
    assertThat(PACED.isMeasured(600)).isTrue();
    assertThat(PACED.isMeasured(1_900)).isTrue();
    // The last number is at 1,999 ms: the end of the input closes this one.
    assertThat(PACED.isMeasured(2_000)).isFalse();
  }
}
