package io.purlin.nativerunner.window;

import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.nativerunner.window.pane.TriggerShape;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.jspecify.annotations.Nullable;

/**
 * Makes the grouping operators of a step, and decides which kind they are. Immutable; may be used
 * by any thread.
 */
public final class GroupingFactory implements OperatorFactory {
  private final GroupingSpec spec;
  private final @Nullable TriggerShape shape;
  private final @Nullable String against;

  /**
   * @param spec what is grouped, and how
   */
  public GroupingFactory(GroupingSpec spec) {
    this.spec = spec;
    this.shape = TriggerShape.of(spec.strategy().getTrigger());
    this.against = reasonAgainstNative(spec, shape);
  }

  /** Why the native operator cannot run the spec; null if it can. */
  private static @Nullable String reasonAgainstNative(
      GroupingSpec spec, @Nullable TriggerShape shape) {
    if (shape == null) {
      return "trigger " + spec.strategy().getTrigger();
    }
    if (spec.strategy().needsMerge() && shape.delays()) {
      return "windows that merge and fire by processing time";
    }
    Combining combining = spec.combining();
    if (combining != null && !combining.sideInputs().isEmpty()) {
      return "combine function reads side inputs";
    }
    if (combining != null && !(combining.fn() instanceof CombineFn)) {
      return "combine function with context";
    }
    return null;
  }

  @Override
  public String explanation() {
    if (against != null) {
      return "general grouping: " + against;
    }
    return spec.slices() == null ? "native grouping" : "native grouping by slices";
  }

  @Override
  public Operator create(OperatorContext context) {
    if (against != null || shape == null) {
      return new GeneralGroupingOperator(spec, context);
    }
    return spec.strategy().needsMerge()
        ? new MergingWindowOperator(spec, shape, context)
        : new NativeWindowOperator(spec, shape, context);
  }
}
