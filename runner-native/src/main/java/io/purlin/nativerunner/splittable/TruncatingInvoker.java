package io.purlin.nativerunner.splittable;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.beam.runners.core.SplittableProcessElementInvoker;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.ProcessContinuation;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker.TruncateResult;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

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
            new Arguments<>(element, tracker.currentRestriction(), tracker, options));
    if (left == null) {
      return new Result(null, ProcessContinuation.stop(), BoundedWindow.TIMESTAMP_MAX_VALUE, null);
    }
    RestrictionTracker<RestrictionT, Object> rest =
        invoker.invokeNewTracker(
            new Arguments<>(element, left.getTruncatedRestriction(), null, options));
    return calls.invokeProcessElement(invoker, element, rest, estimator, sideInputs);
  }

  /** What truncation may ask for. */
  private static final class Arguments<InputT, OutputT>
      extends DoFnInvoker.BaseArgumentProvider<InputT, OutputT> {
    private final WindowedValue<InputT> element;
    private final Object restriction;
    private final @Nullable RestrictionTracker<?, ?> tracker;
    private final PipelineOptions options;

    Arguments(
        WindowedValue<InputT> element,
        Object restriction,
        @Nullable RestrictionTracker<?, ?> tracker,
        PipelineOptions options) {
      this.element = element;
      this.restriction = restriction;
      this.tracker = tracker;
      this.options = options;
    }

    @Override
    public InputT element(DoFn<InputT, OutputT> fn) {
      return element.getValue();
    }

    @Override
    public Object restriction() {
      return restriction;
    }

    @Override
    public RestrictionTracker<?, ?> restrictionTracker() {
      return tracker == null ? super.restrictionTracker() : tracker;
    }

    @Override
    public Instant timestamp(DoFn<InputT, OutputT> fn) {
      return element.getTimestamp();
    }

    @Override
    public PaneInfo paneInfo(DoFn<InputT, OutputT> fn) {
      return element.getPaneInfo();
    }

    @Override
    public BoundedWindow window() {
      return element.getWindows().iterator().next();
    }

    @Override
    public PipelineOptions pipelineOptions() {
      return options;
    }

    @Override
    public String getErrorContext() {
      return "truncation of a restriction";
    }
  }
}
