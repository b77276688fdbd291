package io.purlin.nativerunner.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.time.ManualClock;
import org.junit.jupiter.api.Test;

/** How much is folded between two batches, by a clock that only work moves. */
class FoldPaceTest {
  private final ManualClock clock = new ManualClock(1_000);
  private final FoldPace pace = new FoldPace(clock);
  private int left = 1_000;
  private int folded;
  private int millisEach;

  private boolean some() {
    if (left == 0) {
      return false;
    }
    left--;
    folded++;
    clock.advance(millisEach);
    return true;
  }

  private int foldedAfter(long millisOfWork) {
    clock.advance(millisOfWork);
    int before = folded;
    assertThat(pace.fold(this::some)).isTrue();
    return folded - before;
  }

  @Test
  void whereTimeStandsStillSomeIsFolded() {
    assertThat(foldedAfter(0)).isEqualTo(1);
    assertThat(foldedAfter(0)).isEqualTo(1);
    assertThat(foldedAfter(100)).isBetween(1, 100);
  }

  @Test
  void itTakesHalfOfTheTimeThatGoesIntoElements() {
    millisEach = 1;
    assertThat(foldedAfter(0)).isEqualTo(1);
    assertThat(foldedAfter(4)).isEqualTo(2);
    assertThat(foldedAfter(6)).isEqualTo(3);
  }

  @Test
  void aStretchIsShort() {
    millisEach = 1;
    assertThat(foldedAfter(10_000)).isEqualTo(4);
  }

  @Test
  void itEndsWhenNothingIsLeft() {
    left = 2;
    millisEach = 1;
    assertThat(foldedAfter(100)).isEqualTo(2);
    assertThat(pace.fold(this::some)).isFalse();
  }
}
