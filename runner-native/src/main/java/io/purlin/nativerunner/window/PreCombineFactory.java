package io.purlin.nativerunner.window;

import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.nativerunner.window.pane.TriggerShape;
import org.apache.beam.sdk.transforms.Combine.CombineFn;
import org.jspecify.annotations.Nullable;

/**
 * Makes the operators that combine before the exchange. The grouping after it then takes {@link
 * GroupingSpec#ofAccumulators}. Immutable; may be used by any thread.
 */
public final class PreCombineFactory implements OperatorFactory {
  private final GroupingSpec spec;

  /**
   * @param spec what is combined, as it would be without this operator
   * @throws IllegalArgumentException if that must not be done, see {@link #reasonAgainst}
   */
  public PreCombineFactory(GroupingSpec spec) {
    String against = reasonAgainst(spec);
    if (against != null) {
      throw new IllegalArgumentException(
          spec.stepName() + " must not be combined before its exchange: " + against);
    }
    this.spec = spec;
  }

  /**
   * Why values must all reach the grouping one by one; null if they may be combined before.
   *
   * <p>Combining changes how many elements arrive and in which windows they meet, so windows must
   * not merge and the trigger must not count.
   */
  public static @Nullable String reasonAgainst(GroupingSpec spec) {
    Combining combining = spec.combining();
    if (combining == null) {
      return "all values are kept";
    }
    if (!combining.sideInputs().isEmpty()) {
      return "the combine function reads side inputs";
    }
    if (!(combining.fn() instanceof CombineFn)) {
      return "the combine function has a context";
    }
    if (spec.strategy().needsMerge()) {
      return "windows merge";
    }
    TriggerShape shape = TriggerShape.of(spec.strategy().getTrigger());
    if (shape == null || shape.counts()) {
      return "trigger " + spec.strategy().getTrigger() + " may depend on single elements";
    }
    return null;
  }

  @Override
  public Operator create(OperatorContext context) {
    return new PreCombineOperator(spec, context);
  }

  @Override
  public String explanation() {
    return "combines before the exchange";
  }
}
