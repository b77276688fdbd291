package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * Makes the operator of a ParDo: for each task with a DoFn of its own, read from the serialized
 * one.
 */
public final class ParDoFactory implements OperatorFactory {
  private final DoFnSpec spec;
  private final CallPath path;
  private final byte[] serializedFn;

  /**
   * @param spec the ParDo
   * @throws IllegalArgumentException when the DoFn cannot be serialized, or has state and the input
   *     is not one of key-value pairs
   * @throws UnsupportedOperationException when it has state and the windows merge
   */
  public ParDoFactory(DoFnSpec spec) {
    this(spec, CallPath.DIRECT);
  }

  /** The same with a choice of how elements are handed over, for those who compare. */
  public ParDoFactory(DoFnSpec spec, CallPath path) {
    this.spec = spec;
    this.path = path;
    this.serializedFn = SerializableUtils.serializeToByteArray(spec.fn());
    if (spec.isStateful()) {
      spec.keyCoder();
      if (!spec.windowing().getWindowFn().isNonMerging()) {
        throw new UnsupportedOperationException(
            "state and timers are not possible in windows that merge: "
                + spec.windowing().getWindowFn());
      }
    }
  }

  @Override
  public Operator create(OperatorContext context) {
    OperatorContext typed =
        context.withReceivers(
            (next, index) -> RowsOfSchema.before(next, spec.outputs().coder(index)));
    Operator operator =
        Checks.of(context.options()).immutability()
            ? new CheckingOperator(this::operator, typed, spec.inputCoder(), spec.outputs())
            : operator(typed);
    return context.bundle().isCheckpointed() && StableInputOperator.isRequired(spec)
        ? new StableInputOperator(operator, spec, context)
        : operator;
  }

  private Operator operator(OperatorContext context) {
    DoFn<?, ?> own =
        (DoFn<?, ?>) SerializableUtils.deserializeFromByteArray(serializedFn, context.stepName());
    DoFnSpec task = spec.withFn(own);
    return task.isStateful()
        ? new StatefulParDoOperator(task, context)
        : new ParDoOperator(task, context, path);
  }
}
