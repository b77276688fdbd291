package io.purlin.nativerunner.invoke;

import java.util.Map;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.reflect.DoFnSignature;
import org.apache.beam.sdk.transforms.reflect.DoFnSignatures;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowingStrategy;

/**
 * A ParDo as the pipeline states it. Immutable as far as the DoFn is; each task works on a copy of
 * that.
 *
 * @param fn what is done with the elements
 * @param inputCoder of the main input
 * @param outputs where results go
 * @param sideInputs views by their tag's id
 * @param windowing of the main input
 * @param schema how elements are converted for parameters with schemas
 */
public record DoFnSpec(
    DoFn<?, ?> fn,
    Coder<?> inputCoder,
    OutputTags outputs,
    Map<String, PCollectionView<?>> sideInputs,
    WindowingStrategy<?, ?> windowing,
    DoFnSchemaInformation schema) {
  public DoFnSpec {
    sideInputs = Map.copyOf(sideInputs);
  }

  /** The same with another instance of the DoFn. */
  public DoFnSpec withFn(DoFn<?, ?> newFn) {
    return new DoFnSpec(newFn, inputCoder, outputs, sideInputs, windowing, schema);
  }

  /** What the DoFn's methods ask for. */
  public DoFnSignature signature() {
    return DoFnSignatures.getSignature(fn.getClass());
  }

  /** Whether the DoFn is called by key: for state, timers, the end of windows, or sorted input. */
  public boolean isStateful() {
    DoFnSignature signature = signature();
    return signature.usesState()
        || signature.usesTimers()
        || signature.onWindowExpiration() != null
        || signature.processElement().requiresTimeSortedInput();
  }

  /** Whether elements are to be handed over for each of their windows alone. */
  public boolean observesWindow() {
    return !sideInputs.isEmpty() || signature().processElement().observesWindow();
  }

  /** The coder of the main input's windows. */
  // A window function's coder takes the windows that it makes, which are all that it is given.
  @SuppressWarnings("unchecked")
  public Coder<BoundedWindow> windowCoder() {
    return (Coder<BoundedWindow>) windowing.getWindowFn().windowCoder();
  }

  /**
   * The coder of keys.
   *
   * @throws IllegalArgumentException when the input is not one of key-value pairs
   */
  public Coder<?> keyCoder() {
    if (inputCoder instanceof KvCoder<?, ?> pairs) {
      return pairs.getKeyCoder();
    }
    throw new IllegalArgumentException(
        "state and timers need key-value pairs as input, but its coder is " + inputCoder);
  }
}
