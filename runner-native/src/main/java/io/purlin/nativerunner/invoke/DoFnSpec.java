package io.purlin.nativerunner.invoke;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * A DoFn as translation found it. Immutable.
 *
 * @param fn the DoFn; copied for each task
 * @param inputCoder coder of the elements
 * @param strategy windowing of the input
 * @param outputs tags and coders of what it emits
 * @param sideInputs side inputs by the names of parameters
 * @param schema how elements are converted for schema-aware parameters
 * @param <InputT> type of the elements
 * @param <OutputT> type of the main output
 */
public record DoFnSpec<InputT, OutputT>(
    DoFn<InputT, OutputT> fn,
    Coder<InputT> inputCoder,
    WindowingStrategy<?, ?> strategy,
    Outputs<OutputT> outputs,
    Map<String, PCollectionView<?>> sideInputs,
    DoFnSchemaInformation schema) {

  /**
   * Tags and coders of what a DoFn emits.
   *
   * @param main tag of the main output
   * @param additional tags of the others, in order
   * @param coders coders by tag
   * @param <OutputT> type of the main output
   */
  public record Outputs<OutputT>(
      TupleTag<OutputT> main, List<TupleTag<?>> additional, Map<TupleTag<?>, Coder<?>> coders) {
    /** All tags, the main one first. */
    public List<TupleTag<?>> tags() {
      List<TupleTag<?>> all = new ArrayList<>();
      all.add(main);
      all.addAll(additional);
      return all;
    }
  }
}
