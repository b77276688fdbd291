package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.splittabledofn.WatermarkEstimators;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done with the restrictions of splittable DoFns, and what is believed of their times. */
class SplittableTest {
  private static final int ALL = 25_000;

  private static Pipeline pipeline(int parallelism) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    return Pipeline.create(options);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aRestrictionIsSplitBeforeItRuns(int parallelism) {
    Calls.STARTS.clear();
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> numbers =
        pipeline.apply(Create.of(ALL)).apply("Split", ParDo.of(new SplitInFive()));
    PAssert.that(numbers).containsInAnyOrder(LongStream.range(0, ALL).boxed().toList());

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
    assertThat(Calls.STARTS).contains(0L, 5_000L, 10_000L, 15_000L, 20_000L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void aCallIsEndedAfterManyOutputsAndGoesOn(int parallelism) {
    Calls.STARTS.clear();
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> numbers =
        pipeline.apply(Create.of(ALL)).apply("Whole", ParDo.of(new Calls()));
    PAssert.that(numbers).containsInAnyOrder(LongStream.range(0, ALL).boxed().toList());

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
    assertThat(List.copyOf(Calls.STARTS)).startsWith(0L).hasSizeGreaterThanOrEqualTo(3).isSorted();
  }

  @Test
  @Timeout(120)
  void windowsBehindMonotonicTimesCloseWhileItRuns() {
    endsOnceAWindowHasClosed(new MonotonicTimes());
  }

  @Test
  @Timeout(120)
  void windowsBehindTimesByTheClockCloseWhileItRuns() {
    endsOnceAWindowHasClosed(new TimesByTheClock());
  }

  /** The DoFn goes on until it has heard of a window behind it. */
  private static void endsOnceAWindowHasClosed(DoFn<Integer, Long> fn) {
    UntilAWindowCloses.CLOSED.set(false);
    Pipeline pipeline = pipeline(2);
    pipeline
        .apply(Create.of(1))
        .apply("Splittable", ParDo.of(fn))
        .apply(Window.into(FixedWindows.of(Duration.millis(10))))
        .apply(Combine.globally(Count.<Long>combineFn()).withoutDefaults())
        .apply("Closed", ParDo.of(new Closed()));

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
    assertThat(UntilAWindowCloses.CLOSED).isTrue();
  }

  /** Tells where each call begins. */
  @DoFn.BoundedPerElement
  static class Calls extends DoFn<Integer, Long> {
    private static final long serialVersionUID = 1L;
    static final ConcurrentLinkedQueue<Long> STARTS = new ConcurrentLinkedQueue<>();

    @GetInitialRestriction
    public OffsetRange all(@Element Integer numbers) {
      return new OffsetRange(0, numbers);
    }

    @ProcessElement
    public void process(RestrictionTracker<OffsetRange, Long> tracker, OutputReceiver<Long> out) {
      long at = tracker.currentRestriction().getFrom();
      STARTS.add(at);
      while (tracker.tryClaim(at)) {
        out.output(at);
        at++;
      }
    }
  }

  static final class SplitInFive extends Calls {
    private static final long serialVersionUID = 1L;

    @SplitRestriction
    public void split(@Restriction OffsetRange range, OutputReceiver<OffsetRange> out) {
      for (OffsetRange part : range.split(ALL / 5, ALL / 5)) {
        out.output(part);
      }
    }
  }

  @DoFn.UnboundedPerElement
  abstract static class UntilAWindowCloses extends DoFn<Integer, Long> {
    private static final long serialVersionUID = 1L;
    static final AtomicBoolean CLOSED = new AtomicBoolean();

    @GetInitialRestriction
    public OffsetRange all() {
      return new OffsetRange(0, Long.MAX_VALUE);
    }

    @ProcessElement
    public ProcessContinuation process(
        RestrictionTracker<OffsetRange, Long> tracker, OutputReceiver<Long> out) {
      long at = tracker.currentRestriction().getFrom();
      if (CLOSED.get() || !tracker.tryClaim(at)) {
        tracker.tryClaim(Long.MAX_VALUE - 1);
        return ProcessContinuation.stop();
      }
      out.outputWithTimestamp(at, timeOf(at));
      return ProcessContinuation.resume().withResumeDelay(Duration.millis(1));
    }

    abstract Instant timeOf(long at);
  }

  static final class MonotonicTimes extends UntilAWindowCloses {
    private static final long serialVersionUID = 1L;

    @GetInitialWatermarkEstimatorState
    public Instant beginning() {
      return Instant.ofEpochMilli(0);
    }

    @NewWatermarkEstimator
    public WatermarkEstimators.MonotonicallyIncreasing estimator(
        @WatermarkEstimatorState Instant state) {
      return new WatermarkEstimators.MonotonicallyIncreasing(state);
    }

    @Override
    Instant timeOf(long at) {
      return Instant.ofEpochMilli(at);
    }
  }

  static final class TimesByTheClock extends UntilAWindowCloses {
    private static final long serialVersionUID = 1L;

    @GetInitialWatermarkEstimatorState
    public Instant beginning() {
      return Instant.ofEpochMilli(0);
    }

    @NewWatermarkEstimator
    public WatermarkEstimators.WallTime estimator(@WatermarkEstimatorState Instant state) {
      return new WatermarkEstimators.WallTime(state);
    }

    @Override
    Instant timeOf(long at) {
      return Instant.now();
    }
  }

  private static final class Closed extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;

    @ProcessElement
    public void process() {
      UntilAWindowCloses.CLOSED.set(true);
    }
  }
}
