package io.purlin.conformance.differential.step;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Input;
import io.purlin.conformance.differential.recipe.Step;
import java.util.List;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;

/**
 * Takes the elements of another input as well. Elements before it are in the global window.
 *
 * @param other the other input
 */
public record Beside(Input other) implements Step {
  @Override
  public PCollection<KV<String, Integer>> apply(PCollection<KV<String, Integer>> input, Flow flow) {
    return PCollectionList.of(input)
        .and(other.of(flow))
        .apply(flow.name("flatten"), Flatten.pCollections());
  }

  @Override
  public List<Step> smaller() {
    return other.smaller().stream().<Step>map(Beside::new).toList();
  }
}
