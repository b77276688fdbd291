package io.purlin.benchmarks.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Parts of samples that are known. */
class LatenciesTest {
  private static final int MANY = 200_000;

  @Test
  void aPartIsTheSampleAtItsRank() {
    Latencies latencies = new Latencies();
    // From the greatest to the least, and more than are there at first.
    for (int i = MANY; i > 0; i--) {
      latencies.add(i);
    }
    assertThat(latencies.figures())
        .containsExactly(MANY / 2, MANY * 99L / 100, MANY * 999L / 1000, MANY);
    assertThat(latencies.part(1)).isEqualTo(MANY);
    latencies.add(MANY + 1);
    assertThat(latencies.part(1)).as("sorted again").isEqualTo(MANY + 1);
  }

  @Test
  void oneLongPauseShowsInTheLastPartAlone() {
    Latencies latencies = new Latencies();
    for (int i = 0; i < 1000; i++) {
      latencies.add(i < 2 ? 1_000_000 : 1);
    }
    assertThat(latencies.part(0.99)).isEqualTo(1);
    assertThat(latencies.part(0.999)).isEqualTo(1_000_000);
  }

  @Test
  void whatWasForgottenIsGone() {
    Latencies some = new Latencies();
    some.add(7);
    Latencies all = new Latencies();
    all.addAll(some);
    some.clear();
    assertThat(all.part(0.5)).isEqualTo(7);
    assertThatThrownBy(() -> some.part(0.5)).isInstanceOf(IllegalStateException.class);
  }
}
