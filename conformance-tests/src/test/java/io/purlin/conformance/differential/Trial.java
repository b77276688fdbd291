package io.purlin.conformance.differential;

import io.purlin.conformance.differential.recipe.Recipe;
import io.purlin.directrunner.CapturedOutputs;
import io.purlin.directrunner.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one pipeline on the reference and on the native runner.
 *
 * @param recipe the pipeline
 * @param elements how many elements all its steps made on the reference
 * @param differences one line for each element that one of both has made more often, or for a run
 *     that failed, with the way in which the native runner ran
 */
record Trial(Recipe recipe, int elements, List<String> differences) {
  private static final int MOST_LINES = 12;

  /**
   * Runs a pipeline on the reference and in each way on the native runner.
   *
   * @throws RuntimeException when the reference cannot run it
   */
  static Trial of(Recipe recipe, List<Setup> setups) {
    CapturedOutputs expected = Reference.run(recipe.forReference());
    List<String> differences = new ArrayList<>();
    for (Setup setup : setups) {
      List<String> found = differences(expected, recipe, setup);
      found.stream().limit(MOST_LINES).map(line -> setup + ": " + line).forEach(differences::add);
    }
    int elements = expected.byName().values().stream().mapToInt(List::size).sum();
    return new Trial(recipe, elements, differences);
  }

  private static List<String> differences(CapturedOutputs expected, Recipe recipe, Setup setup) {
    try {
      return expected.differences(Reference.run(setup.options(), recipe));
    } catch (RuntimeException e) {
      return List.of("failed: " + e);
    }
  }

  /** The ways in which the native runner differed. */
  List<Setup> wrong(List<Setup> setups) {
    return setups.stream()
        .filter(setup -> differences.stream().anyMatch(line -> line.startsWith(setup + ": ")))
        .toList();
  }
}
