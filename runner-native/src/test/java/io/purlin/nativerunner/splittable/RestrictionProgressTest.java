package io.purlin.nativerunner.splittable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.purlin.nativerunner.metrics.Consumed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.apache.beam.runners.core.SplittableProcessElementInvoker;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.splittabledofn.OffsetRangeTracker;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimator;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How far restrictions are, by what their trackers say between calls. */
class RestrictionProgressTest {
  private static final byte[] ONE = {1};
  private static final byte[] TWO = {2};

  private final RestrictionProgress progress = new RestrictionProgress();

  @Test
  void beforeAnythingCameThereIsNothing() {
    assertThat(progress.consumed()).isEqualTo(Consumed.NOTHING);
  }

  @Test
  void workIsSummedUpOverRestrictions() {
    progress.begins(ONE, 100);
    progress.ends(ONE, 60, false);
    assertThat(progress.consumed().fraction()).isCloseTo(0.4, within(1e-9));
    progress.begins(TWO, 300);
    progress.ends(TWO, 0, true);
    assertThat(progress.consumed().fraction()).isCloseTo(0.85, within(1e-9));
    assertThat(progress.consumed().total()).isEqualTo(2);
    progress.begins(ONE, 60);
    progress.ends(ONE, 0, true);
    assertThat(progress.consumed()).isEqualTo(new Consumed(2, 2));
  }

  @Test
  void aRestrictionMayGrow() {
    progress.begins(ONE, 100);
    progress.ends(ONE, 150, false);
    assertThat(progress.consumed().fraction()).isZero();
    progress.ends(ONE, 50, false);
    assertThat(progress.consumed().fraction()).isCloseTo(2.0 / 3, within(1e-9));
  }

  @Test
  void ofATrackerThatDoesNotSayNobodyKnows() {
    progress.begins(ONE, 100);
    progress.begins(TWO, -1);
    progress.ends(TWO, 0, true);
    assertThat(progress.consumed()).isEqualTo(Consumed.UNKNOWN);
  }

  @Test
  void trackersAreAskedBeforeACallAndForWhatIsLeft() {
    Calls calls = new Calls();
    MeasuringInvoker<String, String, OffsetRange, Void> measuring =
        new MeasuringInvoker<>(calls, PipelineOptionsFactory.create(), () -> ONE, progress);
    calls.left.add(new OffsetRange(25, 100));
    call(measuring, new OffsetRange(0, 100));
    assertThat(progress.consumed().fraction()).isCloseTo(0.25, within(1e-9));
    call(measuring, new OffsetRange(25, 100));
    assertThat(progress.consumed().fraction()).isEqualTo(1);
  }

  private static void call(
      MeasuringInvoker<String, String, OffsetRange, Void> measuring, OffsetRange restriction) {
    DoFnInvoker<String, String> invoker = DoFnInvokers.invokerFor(new Ranges());
    @SuppressWarnings({"unchecked", "rawtypes"}) // a tracker's positions are of its own type
    RestrictionTracker<OffsetRange, Object> tracker =
        (RestrictionTracker) new OffsetRangeTracker(restriction);
    measuring.invokeProcessElement(
        invoker, WindowedValues.valueInGlobalWindow("x"), tracker, new NoEstimator(), Map.of());
  }

  /** Processes nothing and says what is left. */
  private static final class Calls
      extends SplittableProcessElementInvoker<String, String, OffsetRange, Object, Void> {
    private final Deque<OffsetRange> left = new ArrayDeque<>();

    @Override
    public Result invokeProcessElement(
        DoFnInvoker<String, String> invoker,
        WindowedValue<String> element,
        RestrictionTracker<OffsetRange, Object> tracker,
        WatermarkEstimator<Void> estimator,
        Map<String, PCollectionView<?>> sideInputs) {
      @Nullable OffsetRange rest = left.poll();
      return new Result(
          rest,
          rest == null ? DoFn.ProcessContinuation.stop() : DoFn.ProcessContinuation.resume(),
          BoundedWindow.TIMESTAMP_MIN_VALUE,
          null);
    }
  }

  private static final class NoEstimator implements WatermarkEstimator<Void> {
    @Override
    public org.joda.time.Instant currentWatermark() {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }

    @Override
    @SuppressWarnings("NullAway") // there is no other value of the type
    public Void getState() {
      return null;
    }
  }

  /** A splittable DoFn over a range of numbers. */
  static final class Ranges extends DoFn<String, String> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process(RestrictionTracker<OffsetRange, Long> tracker) {
      tracker.tryClaim(Long.MAX_VALUE);
    }

    @GetInitialRestriction
    public OffsetRange all() {
      return new OffsetRange(0, 100);
    }
  }
}
