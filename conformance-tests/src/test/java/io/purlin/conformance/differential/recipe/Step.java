package io.purlin.conformance.differential.recipe;

import java.util.List;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;

/** One step of a drawn pipeline: data that says what it is when it is printed. */
public interface Step {
  /**
   * Adds the step to a pipeline.
   *
   * @param input what the step before has made
   * @param flow the pipeline's other parts
   * @return what the step makes
   */
  PCollection<KV<String, Integer>> apply(PCollection<KV<String, Integer>> input, Flow flow);

  /** What means the same by Beam's model, where the reference cannot run the step itself. */
  default Step forReference() {
    return this;
  }

  /** The same with a little less of what it brings along, in every way. */
  default List<Step> smaller() {
    return List.of();
  }
}
