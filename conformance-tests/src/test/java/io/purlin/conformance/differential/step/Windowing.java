package io.purlin.conformance.differential.step;

import io.purlin.conformance.differential.recipe.Flow;
import io.purlin.conformance.differential.recipe.Step;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.ClosingBehavior;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;

/**
 * Puts elements into other windows.
 *
 * @param windowFn which
 * @param trigger when they fire
 * @param latenessMillis for how long elements may come behind the watermark
 * @param accumulates whether a pane has what earlier ones had
 * @param timestamps of what is grouped
 * @param closing whether a last pane comes even if it is empty
 * @param onTime whether the pane at the watermark comes even if it is empty
 */
public record Windowing(
    WindowFn<? super KV<String, Integer>, ? extends BoundedWindow> windowFn,
    Trigger trigger,
    long latenessMillis,
    boolean accumulates,
    TimestampCombiner timestamps,
    ClosingBehavior closing,
    OnTimeBehavior onTime)
    implements Step {
  @Override
  public PCollection<KV<String, Integer>> apply(PCollection<KV<String, Integer>> input, Flow flow) {
    return input.apply(flow.name(), window());
  }

  /**
   * An element in no window is in none of the groups, panes and states that follow: the model has
   * it no more. The DirectRunner fails at it.
   */
  @Override
  public Step forReference() {
    boolean gaps =
        windowFn instanceof SlidingWindows sliding
            && sliding.getSize().isShorterThan(sliding.getPeriod());
    return gaps ? new InsideWindows(this, (SlidingWindows) windowFn) : this;
  }

  /** The transform. */
  Window<KV<String, Integer>> window() {
    Window<KV<String, Integer>> window =
        Window.<KV<String, Integer>>into(windowFn)
            .triggering(trigger)
            .withAllowedLateness(Duration.millis(latenessMillis), closing)
            .withTimestampCombiner(timestamps)
            .withOnTimeBehavior(onTime);
    return accumulates ? window.accumulatingFiredPanes() : window.discardingFiredPanes();
  }
}
