package io.purlin.conformance.differential;

import io.purlin.conformance.differential.recipe.Recipe;
import io.purlin.conformance.differential.recipe.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a pipeline smaller for as long as the runners differ: fewer steps, fewer moments, fewer
 * elements. Stateless.
 */
final class Shrinking {
  private Shrinking() {}

  /**
   * The smallest that is found.
   *
   * @param from what differs
   * @param setup in this way of the native runner
   */
  static Trial shrink(Trial from, Setup setup) {
    Trial smallest = from;
    for (Optional<Trial> next = smaller(smallest, setup); next.isPresent(); ) {
      smallest = next.get();
      next = smaller(smallest, setup);
    }
    return smallest;
  }

  private static Optional<Trial> smaller(Trial trial, Setup setup) {
    return candidates(trial.recipe())
        .map(candidate -> differing(candidate, setup))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<Trial> differing(Recipe recipe, Setup setup) {
    try {
      Trial trial = Trial.of(recipe, List.of(setup));
      return trial.differences().isEmpty() ? Optional.empty() : Optional.of(trial);
    } catch (RuntimeException e) {
      // What is left is no pipeline.
      return Optional.empty();
    }
  }

  private static Stream<Recipe> candidates(Recipe recipe) {
    List<Recipe> all = new ArrayList<>();
    List<Step> steps = recipe.steps();
    for (int i = steps.size() - 1; i >= 0; i--) {
      all.add(new Recipe(recipe.input(), without(steps, i)));
    }
    for (int i = steps.size() - 1; i >= 0; i--) {
      for (Step smaller : steps.get(i).smaller()) {
        List<Step> others = new ArrayList<>(steps);
        others.set(i, smaller);
        all.add(new Recipe(recipe.input(), others));
      }
    }
    recipe.input().smaller().forEach(input -> all.add(new Recipe(input, steps)));
    return all.stream();
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> others = new ArrayList<>(list);
    others.remove(index);
    return List.copyOf(others);
  }
}
