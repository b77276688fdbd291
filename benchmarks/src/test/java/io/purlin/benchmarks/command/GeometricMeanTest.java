package io.purlin.benchmarks.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purlin.benchmarks.Comparison;
import io.purlin.benchmarks.Comparison.Better;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class GeometricMeanTest {
  private final GeometricMean mean = new GeometricMean("mean", Pattern.compile("q\\d"), 2, 4);

  @Test
  void theMeanOfAllIsAskedFor() {
    assertThat(of(ratio("q1", 2), ratio("q2", 7.9)).missed()).isTrue();
    assertThat(of(ratio("q1", 2), ratio("q2", 8.1)).missed()).isFalse();
    assertThat(of(ratio("q1", 2), ratio("q2", 8)).ratio()).isCloseTo(4, within(1e-9));
  }

  @Test
  void whatElseWasRunDoesNotCount() {
    assertThat(of(ratio("q1", 2), ratio("q2", 8), ratio("q1-cpu", 100)).ratio())
        .isCloseTo(4, within(1e-9));
  }

  @Test
  void ofAPartNothingIsAskedFor() {
    GeometricMean ofThree = new GeometricMean("mean", Pattern.compile("q\\d"), 3, 4);
    Comparison part = ofThree.of(List.of(ratio("q1", 1), ratio("q2", 1))).orElseThrow();
    assertThat(part.missed()).isFalse();
    assertThat(part.peerVersion()).contains("2 of 3");
  }

  @Test
  void oneHasNoMean() {
    assertThat(mean.of(List.of(ratio("q1", 9)))).isEmpty();
  }

  @Test
  void theTermsOfTheMeansAreThereToBeRun() {
    // A query that is renamed would leave its mean one short, of which nothing is asked for.
    List<String> names = new Bench().names();
    for (GeometricMean each : GeometricMean.all()) {
      assertThat(names.stream().filter(name -> each.names().matcher(name).matches()))
          .as(each.name())
          .hasSize(each.size());
    }
  }

  private Comparison of(Comparison... found) {
    return mean.of(List.of(found)).orElseThrow();
  }

  private static Comparison ratio(String name, double ratio) {
    return Comparison.of(name, "events/s", Better.MORE, List.of(ratio), "a peer", List.of(1.0));
  }
}
