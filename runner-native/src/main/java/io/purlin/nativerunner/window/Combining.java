package io.purlin.nativerunner.window;

import java.util.List;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.CombineFnBase.GlobalCombineFn;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * How the values of a key and window are combined.
 *
 * @param fn a {@code CombineFn} or {@code CombineFnWithContext}; never called, each task calls a
 *     copy of its own
 * @param accumulatorCoder coder of the function's accumulators
 * @param sideInputs what the function may read
 * @param input what arrives as values
 */
public record Combining(
    GlobalCombineFn<?, ?, ?> fn,
    Coder<?> accumulatorCoder,
    List<PCollectionView<?>> sideInputs,
    Input input) {

  /** What the values of the incoming elements are. */
  public enum Input {
    /** The function's inputs. */
    VALUES,
    /** Accumulators, made before the exchange by {@link PreCombineOperator}. */
    ACCUMULATORS
  }

  /** Copies the list. */
  public Combining {
    sideInputs = List.copyOf(sideInputs);
  }

  /** A copy of the function that the caller owns. */
  @SuppressWarnings("unchecked") // the pipeline was built with values that fit the function
  GlobalCombineFn<Object, Object, Object> ownFn() {
    return (GlobalCombineFn<Object, Object, Object>) SerializableUtils.clone(fn);
  }
}
