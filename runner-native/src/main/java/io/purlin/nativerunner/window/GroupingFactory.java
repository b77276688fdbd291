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
  private final String reason;

  /**
   * @param spec what is grouped, and how
   */
  public GroupingFactory(GroupingSpec spec) {
    this.spec = spec;
    this.shape = TriggerShape.of(spec.strategy().getTrigger());
    String against = reasonAgainstNative(spec, shape);
    this.reason = against == null ? "native: common window and trigger" : "general: " + against;
    this.isNative = against == null;
  }

  private final boolean isNative;

  /** Why the native operator cannot run the spec; null if it can. */
  private static @Nullable String reasonAgainstNative(
      GroupingSpec spec, @Nullable TriggerShape shape) {
    if (shape == null) {
      return "trigger " + spec.strategy().getTrigger();
    }
    if (spec.strategy().needsMerge()) {
      return "windows merge";
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

  /** Which operator the step gets, and why; one line. */
  public String explanation() {
    return reason;
  }

  @Override
  public Operator create(OperatorContext context) {
    return isNative && shape != null
        ? new NativeWindowOperator(spec, shape, context)
        : new GeneralGroupingOperator(spec, context);
  }
}
