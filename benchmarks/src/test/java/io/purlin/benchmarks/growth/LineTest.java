package io.purlin.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.purlin.benchmarks.growth.Line.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Slopes of costs that are known. */
class LineTest {
  private static final List<Double> SIZES = List.of(1e4, 1e5, 1e6, 1e7);

  @Test
  void thePowerOfACostIsItsSlope() {
    assertThat(slope(size -> 300)).isCloseTo(0, within(1e-12));
    assertThat(slope(size -> 7 * size)).isCloseTo(1, within(1e-12));
    assertThat(slope(size -> 0.01 * size * size)).isCloseTo(2, within(1e-12));
    assertThat(slope(size -> 1e6 / Math.sqrt(size))).isCloseTo(-0.5, within(1e-12));
  }

  @Test
  void aLineBetweenPointsIsThatOfLeastSquares() {
    // Logarithms (0, 0), (1, 1), (2, 0): the best line is level, at a third.
    List<Point> points = List.of(new Point(1, 1), new Point(10, 10), new Point(100, 1));
    assertThat(Line.through(points).slope()).isCloseTo(0, within(1e-12));
    // (0, 0), (1, 0), (2, 3): the covariance is 3, the variance 2.
    points = List.of(new Point(1, 1), new Point(10, 1), new Point(100, 1000));
    assertThat(Line.through(points).slope()).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void whatFallsWithTimeCancelsBetweenUpAndDown() {
    List<Point> points = new ArrayList<>();
    double slowness = 4;
    for (double size : SIZES) {
      points.add(new Point(size, 100 * slowness));
      slowness /= 1.2;
    }
    List<Point> up = List.copyOf(points);
    for (double size : SIZES.stream().sorted((a, b) -> Double.compare(b, a)).toList()) {
      points.add(new Point(size, 100 * slowness));
      slowness /= 1.2;
    }
    assertThat(Line.through(up).slope()).isLessThan(-0.05);
    assertThat(Line.through(points).slope()).isCloseTo(0, within(1e-12));
  }

  @Test
  void aDefectThatBeginsAtTheLargestSizeIsSeen() {
    double slope = slope(size -> size < 1e7 ? 300 : 3_000);
    assertThat(slope).isGreaterThan(Dimension.KEYS.bar());
  }

  @Test
  void theFactorIsThatOfTenTimesTheSize() {
    assertThat(Line.factor(0)).isEqualTo(1);
    assertThat(Line.factor(1)).isEqualTo(10);
    assertThat(new Line(0.3).factor()).isCloseTo(1.995, within(0.001));
  }

  @Test
  void whatHasNoSlopeIsRefused() {
    assertThatThrownBy(() -> Line.through(List.of(new Point(10, 1), new Point(10, 2))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Line.through(List.of(new Point(1, 0), new Point(10, 2))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Line.through(List.of(new Point(1, Double.NaN), new Point(10, 2))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static double slope(DoubleUnaryOperator cost) {
    return Line.through(
            SIZES.stream().map(size -> new Point(size, cost.applyAsDouble(size))).toList())
        .slope();
  }
}
