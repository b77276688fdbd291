package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.invoke.DoFnSpec;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.util.SerializableUtils;

/**
 * Makes the operator of a ParDo: for each task with a DoFn of its own, read from the serialized
 * one.
 */
public final class ParDoFactory implements OperatorFactory {
  private final DoFnSpec spec;
  private final byte[] serializedFn;

  /**
   * @param spec the ParDo
   * @throws IllegalArgumentException when the DoFn cannot be serialized, or has state and the input
   *     is not one of key-value pairs
   * @throws UnsupportedOperationException when it has state and the windows merge
   */
  public ParDoFactory(DoFnSpec spec) {
    this.spec = spec;
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
    DoFn<?, ?> own =
        (DoFn<?, ?>) SerializableUtils.deserializeFromByteArray(serializedFn, context.stepName());
    DoFnSpec task = spec.withFn(own);
    return task.isStateful()
        ? new StatefulParDoOperator(task, context)
        : new ParDoOperator(task, context);
  }
}
