package io.purlin.nativerunner.splittable;

import io.purlin.nativerunner.invoke.WindowedOutput;
import io.purlin.nativerunner.operator.OperatorContext;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.beam.runners.core.OutputAndTimeBoundedSplittableProcessElementInvoker;
import org.apache.beam.runners.core.SplittableProcessElementInvoker;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.ProcessContinuation;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker.TruncateResult;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Duration;

/**
 * Calls a splittable DoFn, and once the job is drained, lets it truncate each restriction before it
 * is processed again: by default one without an end is given up, any other is processed to its end.
 *
 * <p>A restriction is truncated once, since its DoFn may truncate it to where the world stands.
 * Driven by its task's thread.
 */
final class TruncatingInvoker<InputT, OutputT, RestrictionT, EstimatorT>
    extends SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, Object, EstimatorT> {
  /** Where the restriction that is processed stands. */
  interface Keys {
    byte[] current();
  }

  private static final int MAX_OUTPUTS = 10_000;
  private static final Duration MAX_DURATION = Duration.standardSeconds(10);

  private final SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, Object, EstimatorT>
      calls;
  private final PipelineOptions options;
  private final Keys keys;
  private final Set<ByteBuffer> truncated = new HashSet<>();
  private boolean draining;

  /**
   * @param calls processes restrictions
   * @param options of the pipeline
   * @param keys tells one restriction from another
   */
  TruncatingInvoker(
      SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, Object, EstimatorT> calls,
      PipelineOptions options,
      Keys keys) {
    this.calls = calls;
    this.options = options;
    this.keys = keys;
  }

  /**
   * Calls that end after {@link #MAX_OUTPUTS} outputs or {@link #MAX_DURATION}.
   *
   * @param fn the splittable DoFn
   * @param context where its operator stands
   * @param keys tells one restriction from another
   */
  static <InputT, OutputT, RestrictionT, EstimatorT>
      TruncatingInvoker<InputT, OutputT, RestrictionT, EstimatorT> of(
          DoFn<InputT, OutputT> fn,
          OperatorContext context,
          WindowedOutput output,
          TupleTag<OutputT> mainTag,
          Keys keys) {
    return new TruncatingInvoker<>(
        new OutputAndTimeBoundedSplittableProcessElementInvoker<>(
            fn,
            context.options(),
            output,
            mainTag,
            context.sideInputs(),
            CheckpointTimer.executor(),
            MAX_OUTPUTS,
            MAX_DURATION,
            () -> context.bundle().finalizer()),
        context.options(),
        keys);
  }

  /** From now on restrictions are truncated. */
  void drain() {
    draining = true;
  }

  @Override
  public Result invokeProcessElement(
      DoFnInvoker<InputT, OutputT> invoker,
      WindowedValue<InputT> element,
      RestrictionTracker<RestrictionT, Object> tracker,
      WatermarkEstimator<EstimatorT> estimator,
      Map<String, PCollectionView<?>> sideInputs) {
    if (!draining || !truncated.add(ByteBuffer.wrap(keys.current()))) {
      return calls.invokeProcessElement(invoker, element, tracker, estimator, sideInputs);
    }
    TruncateResult<RestrictionT> left =
        invoker.invokeTruncateRestriction(
            new RestrictionArguments<>(element, tracker.currentRestriction(), tracker, options));
    if (left == null) {
      return new Result(null, ProcessContinuation.stop(), BoundedWindow.TIMESTAMP_MAX_VALUE, null);
    }
    RestrictionTracker<RestrictionT, Object> rest =
        invoker.invokeNewTracker(
            new RestrictionArguments<>(element, left.getTruncatedRestriction(), null, options));
    return calls.invokeProcessElement(invoker, element, rest, estimator, sideInputs);
  }
}
