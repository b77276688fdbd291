package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.keyed.KeyedScopeSpec;
import org.apache.beam.sdk.coders.Coder;
import org.jspecify.annotations.Nullable;

/**
 * Makes the operators of one DoFn. Immutable; may be used by any thread.
 *
 * @param spec the DoFn
 * @param keyCoder coder of the keys by which it has state and timers; null if it has none
 */
public record ParDoFactory(DoFnSpec<?, ?> spec, @Nullable Coder<?> keyCoder)
    implements OperatorFactory {
  @Override
  public Operator create(OperatorContext context) {
    KeyedScope scope =
        keyCoder == null
            ? null
            : new KeyedScope(
                new KeyedScopeSpec(
                    context.stepName(),
                    keyCoder,
                    spec.strategy().getWindowFn().windowCoder(),
                    context.maxParallelism()),
                context.clock());
    return new GeneralParDoOperator<>(spec, scope, context);
  }
}
