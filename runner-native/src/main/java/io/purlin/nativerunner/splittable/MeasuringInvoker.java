package io.purlin.nativerunner.splittable;

import io.purlin.sdk.NativePipelineOptions;
import java.util.Map;
import org.apache.beam.runners.core.SplittableProcessElementInvoker;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;

/**
 * Calls a splittable DoFn and notes before and after how much work is left. Only of jobs whose
 * progress is shown: it asks user code for trackers that nothing else needs.
 *
 * <p>Driven by its task's thread.
 */
final class MeasuringInvoker<InputT, OutputT, RestrictionT, EstimatorT>
    extends SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, Object, EstimatorT> {
  private static final double SILENT = -1;

  private final SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, Object, EstimatorT>
      calls;
  private final PipelineOptions options;
  private final TruncatingInvoker.Keys keys;
  private final RestrictionProgress progress;

  /**
   * Notes what other calls do.
   *
   * @param calls processes restrictions
   * @param options of the pipeline
   * @param keys tells one restriction from another
   */
  MeasuringInvoker(
      SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, Object, EstimatorT> calls,
      PipelineOptions options,
      TruncatingInvoker.Keys keys,
      RestrictionProgress progress) {
    this.calls = calls;
    this.options = options;
    this.keys = keys;
    this.progress = progress;
  }

  /** The calls, and if the options ask for progress, with notes of it. */
  static <InputT, OutputT, RestrictionT, EstimatorT>
      SplittableProcessElementInvoker<InputT, OutputT, RestrictionT, Object, EstimatorT> of(
          TruncatingInvoker<InputT, OutputT, RestrictionT, EstimatorT> calls,
          PipelineOptions options,
          TruncatingInvoker.Keys keys,
          RestrictionProgress progress) {
    return NativePipelineOptions.showsProgress(options)
        ? new MeasuringInvoker<>(calls, options, keys, progress)
        : calls;
  }

  @Override
  public Result invokeProcessElement(
      DoFnInvoker<InputT, OutputT> invoker,
      WindowedValue<InputT> element,
      RestrictionTracker<RestrictionT, Object> tracker,
      WatermarkEstimator<EstimatorT> estimator,
      Map<String, PCollectionView<?>> sideInputs) {
    byte[] key = keys.current();
    progress.begins(key, left(tracker));
    Result result = calls.invokeProcessElement(invoker, element, tracker, estimator, sideInputs);
    RestrictionT rest = result.getResidualRestriction();
    if (rest == null) {
      progress.ends(key, 0, true);
    } else {
      RestrictionTracker<RestrictionT, Object> next =
          invoker.invokeNewTracker(new RestrictionArguments<>(element, rest, null, options));
      progress.ends(key, left(next), false);
    }
    return result;
  }

  private static double left(RestrictionTracker<?, ?> tracker) {
    return tracker instanceof RestrictionTracker.HasProgress says
        ? says.getProgress().getWorkRemaining()
        : SILENT;
  }
}
