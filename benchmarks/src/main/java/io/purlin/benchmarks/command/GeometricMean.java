package io.purlin.benchmarks.command;

import io.purlin.benchmarks.Comparison;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What is asked of several comparisons together: the geometric mean of their ratios. Immutable.
 *
 * @param name what the mean is called
 * @param names of the comparisons it is of, a regular expression that matches the whole name
 * @param size how many these are when all were run
 * @param least what is asked for of all; of a part nothing is
 */
record GeometricMean(String name, Pattern names, int size, double least) {
  private static final String KEEP_SOMETHING = "q(03|04|05|06|07|08|09|11|12)";

  /** All that there are. */
  static List<GeometricMean> all() {
    return List.of(
        new GeometricMean(
            "ready-queries-flink-runner",
            Pattern.compile("ready-" + KEEP_SOMETHING + "-flink-runner"),
            9,
            6),
        new GeometricMean(
            "ready-queries-flink-runner-defaults",
            Pattern.compile("ready-" + KEEP_SOMETHING + "-flink-runner-defaults"),
            9,
            6),
        new GeometricMean(
            "nexmark-queries-unbounded", Pattern.compile("nexmark-q\\d\\d-unbounded"), 12, 4));
  }

  /** The mean of those that were found; empty when they are less than two. */
  Optional<Comparison> of(List<Comparison> found) {
    List<Comparison> mine =
        found.stream().filter(each -> names.matcher(each.name()).matches()).toList();
    if (mine.size() < 2) {
      return Optional.empty();
    }
    double mean =
        Math.exp(mine.stream().mapToDouble(each -> Math.log(each.ratio())).average().orElseThrow());
    return Optional.of(
        new Comparison(
            name,
            "ratio",
            mean,
            1,
            "the geometric mean of %d of %d: %s"
                .formatted(mine.size(), size, mine.get(0).peerVersion()),
            mean,
            mine.stream().mapToDouble(Comparison::ratio).min().orElseThrow(),
            mine.stream().mapToDouble(Comparison::ratio).max().orElseThrow(),
            mine.get(0).rounds(),
            mine.size() == size ? least : 0));
  }
}
