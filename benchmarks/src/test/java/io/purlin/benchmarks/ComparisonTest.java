package io.purlin.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purlin.benchmarks.Comparison.Better;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Ratios and bars. */
class ComparisonTest {
  @Test
  void theRatioIsTheMedianOfTheRoundsRatios() {
    Comparison found =
        Comparison.of(
            "a", "s", Better.LESS, List.of(1.0, 2.0, 10.0), "peer", List.of(2.0, 2.0, 5.0));
    assertThat(found.ratio()).isEqualTo(1);
    assertThat(found.low()).isEqualTo(0.5);
    assertThat(found.high()).isEqualTo(2);
    assertThat(found.missed()).as("nothing was asked for").isFalse();
  }

  @Test
  void aBarIsMetWhenTheMedianIsBelowIt() {
    assertThat(bar(9, 9.9, 30).missed()).isFalse();
    assertThat(bar(9, 10.1, 10.2).missed()).isTrue();
    assertThat(bar(10).missed()).as("the bar itself is allowed").isFalse();
    // The mean of the two inverse figures would be above 1.
    assertThat(bar(5, 16).missed()).isTrue();
    assertThat(bar(5, 16).ratio()).isCloseTo(10 / 10.5, within(1e-9));
  }

  @Test
  void aRatioThatIsAskedForIsMetByTheMedian() {
    assertThat(twice().asking(2).missed()).isFalse();
    assertThat(twice().asking(2.1).missed()).isTrue();
    assertThat(twice().missed()).as("nothing was asked for").isFalse();
  }

  private static Comparison twice() {
    return Comparison.of(
        "a", "1/s", Better.MORE, List.of(1.0, 2.0, 3.0), "a peer", List.of(1.0, 1.0, 1.0));
  }

  @Test
  void whatIsNoFigureMeetsNoBar() {
    assertThat(bar(Double.NaN).missed()).isTrue();
  }

  private static Comparison bar(double... figures) {
    return Comparison.withBar("a", "ms", Arrays.stream(figures).boxed().toList(), 10, "10 ms");
  }
}
