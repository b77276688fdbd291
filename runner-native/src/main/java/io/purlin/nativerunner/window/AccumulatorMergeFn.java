package io.purlin.nativerunner.window;

import java.util.Arrays;
import org.apache.beam.sdk.transforms.Combine.CombineFn;

/**
 * A combine function whose inputs are another one's accumulators, for the grouping after an
 * exchange before which values were combined already. As safe for threads as the other is.
 */
final class AccumulatorMergeFn extends CombineFn<Object, Object, Object> {
  private static final long serialVersionUID = 1L;

  /** The function that made the accumulators. */
  private final CombineFn<Object, Object, Object> fn;

  AccumulatorMergeFn(CombineFn<Object, Object, Object> fn) {
    this.fn = fn;
  }

  @Override
  public Object createAccumulator() {
    return fn.createAccumulator();
  }

  @Override
  public Object addInput(Object accumulator, Object input) {
    return fn.mergeAccumulators(Arrays.asList(accumulator, input));
  }

  @Override
  public Object mergeAccumulators(Iterable<Object> accumulators) {
    return fn.mergeAccumulators(accumulators);
  }

  @Override
  public Object compact(Object accumulator) {
    return fn.compact(accumulator);
  }

  @Override
  public Object extractOutput(Object accumulator) {
    return fn.extractOutput(accumulator);
  }
}
