package io.purlin.nativerunner.window;

import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderRegistry;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterFirst;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Never;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.apache.beam.sdk.values.WindowingStrategy.AccumulationMode;
import org.joda.time.Duration;

/** Draws groupings that the native operators can run. */
final class RandomGrouping {
  private final Random random;

  RandomGrouping(Random random) {
    this.random = random;
  }

  /** A grouping that the native operator does by slices. */
  GroupingSpec slicedSpec() {
    GroupingSpec drawn = spec(slidingWindows(), endOfWindowTriggers());
    WindowingStrategy<?, ?> strategy = drawn.strategy();
    return new GroupingSpec(
        drawn.stepName(),
        drawn.keyCoder(),
        drawn.valueCoder(),
        strategy.getTimestampCombiner() == TimestampCombiner.LATEST
            ? strategy.withTimestampCombiner(TimestampCombiner.EARLIEST)
            : strategy,
        pick(List.of(sum(), LongFns.sum(), LongFns.all())));
  }

  GroupingSpec spec(
      List<WindowFn<Object, ? extends BoundedWindow>> windowFns, List<Trigger> triggers) {
    WindowFn<Object, ? extends BoundedWindow> windowFn = pick(windowFns);
    WindowingStrategy<?, ?> strategy =
        WindowingStrategy.of(windowFn)
            .withTrigger(pick(triggers))
            .withMode(
                pick(
                    List.of(
                        AccumulationMode.DISCARDING_FIRED_PANES,
                        AccumulationMode.ACCUMULATING_FIRED_PANES)))
            .withAllowedLateness(Duration.millis(pick(List.of(0, 5, 40))))
            .withTimestampCombiner(pick(List.of(TimestampCombiner.values())))
            .withClosingBehavior(pick(List.of(ClosingBehavior.values())))
            .withOnTimeBehavior(pick(List.of(OnTimeBehavior.values())));
    Coder<Integer> values = VarIntCoder.of();
    return new GroupingSpec(
        "group", StringUtf8Coder.of(), values, strategy, random.nextBoolean() ? null : sum());
  }

  /** The sum of integers. */
  static Combining sum() {
    Combine.BinaryCombineIntegerFn fn = Sum.ofIntegers();
    return new Combining(
        fn,
        fn.getAccumulatorCoder(CoderRegistry.createDefault(), VarIntCoder.of()),
        List.of(),
        Combining.Input.VALUES);
  }

  static List<WindowFn<Object, ? extends BoundedWindow>> steadyWindows() {
    return List.of(
        FixedWindows.of(Duration.millis(10)),
        SlidingWindows.of(Duration.millis(20)).every(Duration.millis(10)),
        SlidingWindows.of(Duration.millis(20)).every(Duration.millis(7)),
        SlidingWindows.of(Duration.millis(5)).every(Duration.millis(10)),
        new GlobalWindows());
  }

  /** Windows that overlap: slices of one length, of two, and of one that divides them. */
  static List<WindowFn<Object, ? extends BoundedWindow>> slidingWindows() {
    return List.of(
        SlidingWindows.of(Duration.millis(20)).every(Duration.millis(10)),
        SlidingWindows.of(Duration.millis(20)).every(Duration.millis(2)),
        SlidingWindows.of(Duration.millis(20)).every(Duration.millis(7)),
        SlidingWindows.of(Duration.millis(12))
            .every(Duration.millis(4))
            .withOffset(Duration.millis(3)),
        SlidingWindows.of(Duration.millis(9)).every(Duration.millis(1)),
        SlidingWindows.of(Duration.millis(15)).every(Duration.millis(10)));
  }

  /** Triggers that fire at the end of a window and not before. */
  static List<Trigger> endOfWindowTriggers() {
    return List.of(
        DefaultTrigger.of(),
        Repeatedly.forever(AfterWatermark.pastEndOfWindow()),
        AfterWatermark.pastEndOfWindow(),
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)),
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(2)),
        AfterWatermark.pastEndOfWindow()
            .withLateFirings(
                AfterProcessingTime.pastFirstElementInPane().plusDelayOf(Duration.millis(15))));
  }

  static List<WindowFn<Object, ? extends BoundedWindow>> sessions() {
    return List.of(
        Sessions.withGapDuration(Duration.millis(3)),
        Sessions.withGapDuration(Duration.millis(8)),
        Sessions.withGapDuration(Duration.millis(20)));
  }

  static List<WindowFn<Object, ? extends BoundedWindow>> mergingWindows() {
    return List.of(new UserWindows.LongAndShort(), new UserWindows.CappedSessions());
  }

  static List<Trigger> sessionTriggers() {
    return List.of(
        DefaultTrigger.of(),
        Never.ever(),
        Repeatedly.forever(AfterWatermark.pastEndOfWindow()),
        AfterWatermark.pastEndOfWindow(),
        AfterWatermark.pastEndOfWindow().withEarlyFirings(AfterPane.elementCountAtLeast(2)),
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)),
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(2)),
        AfterWatermark.pastEndOfWindow()
            .withEarlyFirings(AfterPane.elementCountAtLeast(3))
            .withLateFirings(AfterPane.elementCountAtLeast(2)),
        Repeatedly.forever(AfterPane.elementCountAtLeast(1)),
        Repeatedly.forever(AfterPane.elementCountAtLeast(3)));
  }

  static List<Trigger> triggers() {
    AfterProcessingTime delay =
        AfterProcessingTime.pastFirstElementInPane().plusDelayOf(Duration.millis(15));
    AfterProcessingTime aligned =
        AfterProcessingTime.pastFirstElementInPane().alignedTo(Duration.millis(20));
    return List.of(
        DefaultTrigger.of(),
        DefaultTrigger.of(),
        Never.ever(),
        Repeatedly.forever(AfterWatermark.pastEndOfWindow()),
        AfterWatermark.pastEndOfWindow(),
        AfterWatermark.pastEndOfWindow().withEarlyFirings(AfterPane.elementCountAtLeast(2)),
        AfterWatermark.pastEndOfWindow().withEarlyFirings(delay),
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1)),
        AfterWatermark.pastEndOfWindow()
            .withEarlyFirings(delay)
            .withLateFirings(AfterPane.elementCountAtLeast(2)),
        AfterWatermark.pastEndOfWindow()
            .withEarlyFirings(AfterPane.elementCountAtLeast(3))
            .withLateFirings(delay),
        AfterWatermark.pastEndOfWindow().withEarlyFirings(aligned).withLateFirings(delay),
        Repeatedly.forever(AfterPane.elementCountAtLeast(3)),
        Repeatedly.forever(delay),
        Repeatedly.forever(aligned),
        Repeatedly.forever(AfterFirst.of(AfterPane.elementCountAtLeast(3), delay)));
  }

  private <T> T pick(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
