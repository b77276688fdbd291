package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.sdk.NativePipelineOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.display.DisplayData;
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
    return isChecked(context.options())
        ? new CheckingOperator(this::operator, context, spec.inputCoder(), spec.outputs())
        : operator(context);
  }

  // The option's default is that of another runner: only what was given counts, which its display
  // data tell.
  private static boolean isChecked(PipelineOptions options) {
    return options.as(NativePipelineOptions.class).isEnforceImmutability()
        && DisplayData.from(options).items().stream()
            .anyMatch(item -> item.getKey().equals("enforceImmutability"));
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
