package io.purlin.nativerunner.splittable;

import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.keyed.KeyedScopeSpec;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import org.apache.beam.sdk.coders.ByteArrayCoder;

/**
 * Makes the operators of one splittable DoFn. Immutable; may be used by any thread.
 *
 * @param spec the splittable DoFn
 */
public record SplittableFactory(SplittableSpec<?, ?, ?, ?> spec) implements OperatorFactory {
  @Override
  public Operator create(OperatorContext context) {
    KeyedScopeSpec scope =
        new KeyedScopeSpec(
            context.stepName(),
            ByteArrayCoder.of(),
            spec.strategy().getWindowFn().windowCoder(),
            context.maxParallelism(),
            WindowingPrint.ofWindows(spec.strategy()),
            context.memory());
    return new SplittableOperator<>(spec, new KeyedScope(scope, context.clock()), context);
  }
}
