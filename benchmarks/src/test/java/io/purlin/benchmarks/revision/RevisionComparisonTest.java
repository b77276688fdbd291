package io.purlin.benchmarks.revision;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When an engine is called slower. */
class RevisionComparisonTest {
  @Test
  void slowerIsWhatIsSlowerInEachRound() {
    assertThat(RevisionComparison.isSlower(found(80, 94, 90), 0.95)).isTrue();
    assertThat(RevisionComparison.isSlower(found(80, 80, 96), 0.95)).isFalse();
    assertThat(RevisionComparison.isSlower(found(80, 94, 90), 0.9)).isFalse();
    assertThat(RevisionComparison.isSlower(found(120, 130, 125), 0.95)).isFalse();
  }

  @Test
  void whatIsNoFigureIsSlower() {
    assertThat(RevisionComparison.isSlower(found(Double.NaN), 0.95)).isTrue();
  }

  /** Elements a second beside 100 of the earlier engine. */
  private static Comparison found(double... ours) {
    List<Double> figures = Arrays.stream(ours).boxed().toList();
    return Comparison.of(
        "a",
        "elements/s",
        Better.MORE,
        figures,
        "v1",
        figures.stream().map(each -> 100.0).toList());
  }
}
