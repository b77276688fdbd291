package io.purlin.conformance.differential.draw;

import io.purlin.conformance.differential.draw.Facts.Windows;
import io.purlin.conformance.differential.step.Baskets;
import io.purlin.conformance.differential.step.Windowing;
import java.util.List;
import java.util.Random;
import org.apache.beam.sdk.transforms.windowing.AfterFirst;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.joda.time.Duration;

/** Draws windows and triggers. Used by one thread. */
final class WindowDraw {
  private static final List<Windows> KINDS =
      List.of(Windows.FIXED, Windows.FIXED, Windows.SLIDING, Windows.SLIDING, Windows.MERGING);
  private static final List<WindowFn<Object, ? extends BoundedWindow>> FIXED =
      List.of(
          FixedWindows.of(Duration.millis(10)),
          FixedWindows.of(Duration.millis(25)).withOffset(Duration.millis(7)));
  private static final List<WindowFn<Object, ? extends BoundedWindow>> SLIDING =
      List.of(
          SlidingWindows.of(Duration.millis(20)).every(Duration.millis(10)),
          SlidingWindows.of(Duration.millis(20)).every(Duration.millis(7)));

  /** With times that are in no window. */
  private static final List<WindowFn<Object, ? extends BoundedWindow>> GAPS =
      List.of(
          SlidingWindows.of(Duration.millis(5)).every(Duration.millis(10)),
          SlidingWindows.of(Duration.millis(6))
              .every(Duration.millis(8))
              .withOffset(Duration.millis(3)));

  private static final List<WindowFn<? super KV<String, Integer>, ? extends BoundedWindow>>
      MERGING =
          List.of(
              Sessions.withGapDuration(Duration.millis(4)),
              Sessions.withGapDuration(Duration.millis(12)),
              new Baskets(3),
              new Baskets(5));
  private static final AfterProcessingTime DELAY =
      AfterProcessingTime.pastFirstElementInPane().plusDelayOf(Duration.millis(15));
  private static final Trigger EACH = Repeatedly.forever(AfterPane.elementCountAtLeast(1));
  private static final Trigger EACH_AND_AT_END =
      AfterWatermark.pastEndOfWindow().withEarlyFirings(AfterPane.elementCountAtLeast(1));
  private static final List<Trigger> COUNTING =
      List.of(
          EACH,
          Repeatedly.forever(AfterPane.elementCountAtLeast(3)),
          Repeatedly.forever(DELAY),
          Repeatedly.forever(AfterFirst.of(AfterPane.elementCountAtLeast(3), DELAY)));
  private static final List<Trigger> COUNTING_AND_AT_END =
      List.of(
          AfterWatermark.pastEndOfWindow()
              .withEarlyFirings(AfterPane.elementCountAtLeast(2))
              .withLateFirings(AfterPane.elementCountAtLeast(1)),
          AfterWatermark.pastEndOfWindow()
              .withEarlyFirings(DELAY)
              .withLateFirings(AfterPane.elementCountAtLeast(2)),
          AfterWatermark.pastEndOfWindow()
              .withEarlyFirings(AfterPane.elementCountAtLeast(3))
              .withLateFirings(DELAY));
  private static final List<Trigger> AT_END =
      List.of(DefaultTrigger.of(), Repeatedly.forever(AfterWatermark.pastEndOfWindow()));

  /** A lateness that is over while the stream goes on. */
  static final long SHORT_MILLIS = 3;

  private final Random random;

  WindowDraw(Random random) {
    this.random = random;
  }

  /**
   * A step and what is known behind it.
   *
   * @param windowing the step
   */
  record Drawn(Windowing windowing, Windows windows, boolean counting) {
    Facts behind(Facts before) {
      return new Facts(
          before.pace(),
          before.severalInOthers(),
          before.late(),
          windows,
          counting,
          // Beam takes the longer lateness, of what was before and of what is said.
          Math.max(before.latenessMillis(), windowing.latenessMillis()),
          before.held(),
          windowing.closing() == ClosingBehavior.FIRE_ALWAYS,
          before.updated(),
          before.ending(),
          windowing.timestamps() != TimestampCombiner.END_OF_WINDOW);
    }
  }

  /** Windows whose panes are determined for such elements. */
  Drawn any(Facts facts) {
    boolean counting = !facts.severalInOthers() && random.nextInt(3) > 0;
    boolean global = counting && !facts.lateness() && random.nextInt(6) == 0;
    Windows kind = global ? Windows.GLOBAL : pick(KINDS);
    boolean open = facts.severalInOthers() && facts.late();
    long lateness = global || open ? 0 : lateness(facts.pace());
    boolean keeps = facts.lateness() || lateness > 0;
    // Whether an empty pane is on time hangs on what else its task holds back.
    boolean nonEmpty = counting && keeps;
    // Whether one of late elements is does so too, if anything is held back at a time before.
    boolean prompt = facts.late() && keeps;
    Windowing windowing =
        new Windowing(
            windowFn(kind),
            trigger(counting, prompt),
            lateness,
            random.nextBoolean(),
            prompt ? TimestampCombiner.END_OF_WINDOW : pick(List.of(TimestampCombiner.values())),
            nonEmpty ? ClosingBehavior.FIRE_IF_NON_EMPTY : pick(List.of(ClosingBehavior.values())),
            nonEmpty ? OnTimeBehavior.FIRE_IF_NON_EMPTY : pick(List.of(OnTimeBehavior.values())));
    return new Drawn(windowing, kind, counting);
  }

  private Trigger trigger(boolean counting, boolean prompt) {
    if (!counting) {
      return pick(AT_END);
    }
    int dice = random.nextInt(COUNTING.size() + COUNTING_AND_AT_END.size());
    return prompt || dice >= COUNTING.size() ? pick(COUNTING_AND_AT_END) : pick(COUNTING);
  }

  private WindowFn<? super KV<String, Integer>, ? extends BoundedWindow> windowFn(Windows kind) {
    return switch (kind) {
      case GLOBAL -> new GlobalWindows();
      case FIXED -> pick(FIXED);
      case SLIDING -> random.nextInt(3) == 0 ? pick(GAPS) : pick(SLIDING);
      case MERGING -> pick(MERGING);
    };
  }

  private long lateness(Facts.Pace pace) {
    return switch (pace) {
      case FINE -> pick(List.of(0L, SHORT_MILLIS, 2 * SHORT_MILLIS, Facts.LONG_MILLIS));
      case STEPS -> pick(List.of(0L, Facts.LONG_MILLIS));
      case LEAP, JUMP -> 0;
    };
  }

  /** Windows that fire once, at their end. */
  Windowing ofSideInput() {
    return new Windowing(
        pick(random.nextBoolean() ? FIXED : SLIDING),
        DefaultTrigger.of(),
        0,
        false,
        TimestampCombiner.END_OF_WINDOW,
        ClosingBehavior.FIRE_IF_NON_EMPTY,
        OnTimeBehavior.FIRE_ALWAYS);
  }

  /**
   * Windows that fire with each update, and at no other time: at the end of a window elements may
   * ask.
   *
   * @param forEver whether that is one window
   * @param accumulates whether elements find all updates, and not only the last one
   */
  Windowing ofUpdates(boolean forEver, boolean accumulates) {
    return new Windowing(
        forEver ? new GlobalWindows() : pick(random.nextBoolean() ? FIXED : SLIDING),
        random.nextBoolean() ? EACH : EACH_AND_AT_END,
        0,
        accumulates,
        TimestampCombiner.END_OF_WINDOW,
        ClosingBehavior.FIRE_IF_NON_EMPTY,
        OnTimeBehavior.FIRE_IF_NON_EMPTY);
  }

  private <T> T pick(List<? extends T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
