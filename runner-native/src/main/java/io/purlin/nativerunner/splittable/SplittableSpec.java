package io.purlin.nativerunner.splittable;

import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * A splittable DoFn as translation found it. Immutable.
 *
 * @param fn the splittable DoFn; copied for each task
 * @param coders coders of what is kept while a restriction waits
 * @param strategy windowing of the input
 * @param sideInputs all side inputs
 * @param sideInputMapping side inputs by the names of parameters
 * @param outputTags tags of the outputs, the main one first
 * @param outputCoders coders by tag
 * @param <InputT> type of the elements
 * @param <OutputT> type of the main output
 * @param <RestrictionT> type of the restrictions
 * @param <EstimatorT> type of the watermark estimator's state
 */
public record SplittableSpec<InputT, OutputT, RestrictionT, EstimatorT>(
    DoFn<InputT, OutputT> fn,
    Coders<InputT, RestrictionT, EstimatorT> coders,
    WindowingStrategy<InputT, ?> strategy,
    List<PCollectionView<?>> sideInputs,
    Map<String, PCollectionView<?>> sideInputMapping,
    List<TupleTag<?>> outputTags,
    Map<TupleTag<?>, Coder<?>> outputCoders) {

  /** A DoFn of a task's own. */
  DoFn<InputT, OutputT> copyOfFn() {
    return SerializableUtils.clone(fn);
  }

  /**
   * Coders of what is kept while a restriction waits.
   *
   * @param element coder of the elements
   * @param restriction coder of the restrictions
   * @param estimator coder of the watermark estimator's state
   * @param <InputT> type of the elements
   * @param <RestrictionT> type of the restrictions
   * @param <EstimatorT> type of the watermark estimator's state
   */
  public record Coders<InputT, RestrictionT, EstimatorT>(
      Coder<InputT> element, Coder<RestrictionT> restriction, Coder<EstimatorT> estimator) {}
}
