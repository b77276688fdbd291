package io.purlin.nativerunner.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConsumedTest {
  private final Consumed half = new Consumed(1, 2);

  @Test
  void bothTogetherAreKnownIfEachIs() {
    assertThat(half.plus(new Consumed(0, 2))).isEqualTo(new Consumed(1, 4));
    assertThat(half.plus(Consumed.NOTHING)).isEqualTo(half);
    assertThat(half.plus(Consumed.UNKNOWN)).isEqualTo(Consumed.UNKNOWN);
    assertThat(Consumed.UNKNOWN.plus(half)).isEqualTo(Consumed.UNKNOWN);
  }

  @Test
  void nothingAndTheUnknownHaveNoFraction() {
    assertThat(half.fraction()).isEqualTo(0.5);
    assertThat(Consumed.NOTHING.fraction()).isNegative();
    assertThat(Consumed.UNKNOWN.fraction()).isNegative();
  }

  @Test
  void whoReadsWhatOthersFindHasReadAPartOfThat() {
    assertThat(half.fractionThrough(new Consumed(3, 4))).isEqualTo(0.375);
    assertThat(half.fractionThrough(Consumed.NOTHING)).isEqualTo(0.5);
    assertThat(Consumed.NOTHING.fractionThrough(half)).isEqualTo(0.5);
    assertThat(Consumed.NOTHING.fractionThrough(Consumed.NOTHING)).isNegative();
    assertThat(half.fractionThrough(Consumed.UNKNOWN)).isNegative();
    assertThat(Consumed.UNKNOWN.fractionThrough(half)).isNegative();
  }
}
