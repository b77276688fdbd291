package io.purlin.nativerunner.plan.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purlin.nativerunner.plan.draw.LayeredLayout.Line;
import io.purlin.nativerunner.plan.draw.LayeredLayout.Point;
import io.purlin.nativerunner.plan.draw.LayeredLayout.Result;
import io.purlin.nativerunner.plan.draw.LayeredLayout.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayeredLayoutTest {
  private static final double[] NONE = {};

  @Test
  void placesInOrderAndAsNearAsCanBe() {
    assertThat(Alignment.place(NONE, NONE)).isEmpty();
    assertThat(Alignment.place(new double[] {5, 30}, new double[] {10, 10})).containsExactly(5, 30);
    assertThat(Alignment.place(new double[] {7, 7}, new double[] {10, 10})).containsExactly(2, 12);
    assertThat(Alignment.place(new double[] {100, 0, 40}, new double[] {10, 10, 10}))
        .as("the order holds")
        .containsExactly(new double[] {36.67, 46.67, 56.67}, within(0.01));
  }

  @Test
  void aChainOfBoxesIsStraight() {
    Result result =
        LayeredLayout.of(
            List.of(new Size(100, 40), new Size(60, 80), new Size(200, 20)),
            List.of(new Line(0, 1), new Line(1, 2)));
    assertThat(result.boxes()).extracting(Point::x).containsOnly(100.0);
    assertThat(result.boxes()).extracting(Point::y).isSorted();
    assertThat(result.size().width()).isEqualTo(200);
    assertThat(result.size().height()).isEqualTo(40 + 80 + 20 + 2 * LayeredLayout.BETWEEN_LAYERS);
  }

  @Test
  void edgesDoNotCrossWhereTheyNeedNot() {
    // In the order of their numbers all three would cross.
    Result result =
        LayeredLayout.of(
            List.of(
                new Size(50, 20),
                new Size(50, 20),
                new Size(50, 20),
                new Size(50, 20),
                new Size(50, 20),
                new Size(50, 20)),
            List.of(new Line(0, 5), new Line(1, 4), new Line(2, 3)));
    for (Line line : List.of(new Line(0, 5), new Line(1, 4), new Line(2, 3))) {
      assertThat(result.boxes().get(line.from()).x())
          .isCloseTo(result.boxes().get(line.to()).x(), within(0.5));
    }
  }

  @Test
  void anEdgeThatPassesALayerGoesBesideItsBoxes() {
    Result result =
        LayeredLayout.of(
            List.of(new Size(100, 40), new Size(100, 40), new Size(100, 40)),
            List.of(new Line(0, 1), new Line(1, 2), new Line(0, 2)));
    List<Point> route = result.routes().get(2);
    assertThat(route).hasSize(2);
    assertThat(Math.abs(route.get(0).x() - result.boxes().get(1).x())).isGreaterThan(50);
    assertThat(result.routes().get(0)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void noBoxLiesOnAnotherWhateverTheGraph(long seed) {
    Random random = new Random(seed);
    List<Size> sizes = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    for (int box = 0; box < 30; box++) {
      sizes.add(new Size(20 + random.nextInt(200), 20 + random.nextInt(100)));
      for (int from = 0; from < box; from++) {
        if (random.nextInt(box) < 2) {
          lines.add(new Line(from, box));
        }
      }
    }
    Result result = LayeredLayout.of(sizes, lines);
    for (int i = 0; i < sizes.size(); i++) {
      Point one = result.boxes().get(i);
      assertThat(one.x() - sizes.get(i).width() / 2).isGreaterThanOrEqualTo(-1e-6);
      assertThat(one.x() + sizes.get(i).width() / 2).isLessThan(result.size().width() + 1e-6);
      assertThat(one.y() + sizes.get(i).height()).isLessThan(result.size().height() + 1e-6);
      for (int j = 0; j < i; j++) {
        Point other = result.boxes().get(j);
        boolean beside =
            Math.abs(one.x() - other.x())
                >= (sizes.get(i).width() + sizes.get(j).width()) / 2 - 1e-6;
        boolean above =
            one.y() + sizes.get(i).height() <= other.y()
                || other.y() + sizes.get(j).height() <= one.y();
        assertThat(beside || above).as("boxes %s and %s", i, j).isTrue();
      }
    }
    for (Line line : lines) {
      assertThat(result.boxes().get(line.from()).y()).isLessThan(result.boxes().get(line.to()).y());
    }
  }
}
