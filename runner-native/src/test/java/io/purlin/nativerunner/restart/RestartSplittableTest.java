package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.splittabledofn.ManualWatermarkEstimator;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimators;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Splittable DoFns go on with what was left of their restrictions. */
class RestartSplittableTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void residualsAndTheirWatermarks(long seed) {
    Map<String, Long> outputs =
        new Disturbed(RestartSplittableTest::splittable).comesToTheSame(seed, 2, 3, 1);
    assertThat(outputs).doesNotContainValue(2L);
    assertThat(outputs.keySet().stream().filter(each -> each.startsWith("positions")))
        .hasSize(3 * (int) TICKS);
  }

  private static void splittable(Pipeline pipeline) {
    PCollection<KV<Long, Long>> positions =
        pipeline.apply(Create.of(1L, 2L, 3L)).apply(ParDo.of(new InSmallParts()));
    positions.apply("Positions", ParDo.of(new Outputs<>("positions")));
    positions
        .apply(Window.into(FixedWindows.of(Duration.millis(50))))
        .apply(Count.perKey())
        .apply("Counts", ParDo.of(new Outputs<>("counts")));
  }

  /** Claims three positions at a time, and no more than {@link Ticks} may give. */
  static final class InSmallParts extends DoFn<Long, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;
    private static final int PART = 3;

    @GetInitialRestriction
    public OffsetRange range() {
      return new OffsetRange(0, TICKS);
    }

    @GetInitialWatermarkEstimatorState
    public Instant beginning() {
      return BoundedWindow.TIMESTAMP_MIN_VALUE;
    }

    @NewWatermarkEstimator
    public WatermarkEstimators.Manual estimator(@WatermarkEstimatorState Instant state) {
      return new WatermarkEstimators.Manual(state);
    }

    @ProcessElement
    public ProcessContinuation process(
        @Element Long key,
        RestrictionTracker<OffsetRange, Long> tracker,
        ManualWatermarkEstimator<Instant> watermark,
        OutputReceiver<KV<Long, Long>> out) {
      long from = tracker.currentRestriction().getFrom();
      for (long at = from; at < from + PART; at++) {
        if (at < TICKS && at >= Ticks.ALLOWED.get()) {
          break;
        }
        if (!tracker.tryClaim(at)) {
          return ProcessContinuation.stop();
        }
        out.outputWithTimestamp(KV.of(key, at), Instant.ofEpochMilli(at));
        watermark.setWatermark(Instant.ofEpochMilli(at));
      }
      return ProcessContinuation.resume().withResumeDelay(Duration.millis(1));
    }
  }
}
