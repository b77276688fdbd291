package io.purlin.conformance.differential;

import io.purlin.conformance.differential.recipe.Input;
import io.purlin.conformance.differential.recipe.Moment;
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
    fewer(recipe.input()).forEach(input -> all.add(new Recipe(input, steps)));
    return all.stream();
  }

  private static List<Input> fewer(Input input) {
    List<Input> all = new ArrayList<>();
    List<Moment> moments = input.moments();
    for (int i = moments.size() - 1; i >= 0; i--) {
      all.add(input.with(without(moments, i)));
      if (moments.get(i) instanceof Moment.Elements several && several.elements().size() > 1) {
        for (int j = 0; j < several.elements().size(); j++) {
          List<Moment> others = new ArrayList<>(moments);
          others.set(i, new Moment.Elements(without(several.elements(), j)));
          all.add(input.with(others));
        }
      }
    }
    return all;
  }

  private static <T> List<T> without(List<T> list, int index) {
    List<T> others = new ArrayList<>(list);
    others.remove(index);
    return List.copyOf(others);
  }
}
