package io.purlin.nativerunner.window.pane;

import java.util.List;
import org.apache.beam.sdk.transforms.windowing.AfterFirst;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.Never;
import org.apache.beam.sdk.transforms.windowing.TimestampTransform;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * When the elements of a pane let it fire: when there are enough, or when the first has waited long
 * enough, whichever comes first. Immutable.
 *
 * @param count elements of the pane at which it fires; {@link #NO_COUNT}: never for their number
 * @param delay from the processing time of the pane's first element to the firing; null: never for
 *     the time
 */
public record FiringRule(int count, @Nullable List<TimestampTransform> delay) {
  /** No number of elements is enough. */
  public static final int NO_COUNT = Integer.MAX_VALUE;

  /** Never fires. */
  static final FiringRule NEVER = new FiringRule(NO_COUNT, null);

  /** The rule that a trigger stands for; null if it is more than a single rule. */
  static @Nullable FiringRule of(Trigger trigger) {
    if (trigger instanceof Never.NeverTrigger) {
      return NEVER;
    }
    if (trigger instanceof AfterPane afterPane) {
      return new FiringRule(afterPane.getElementCount(), null);
    }
    if (trigger instanceof AfterProcessingTime afterTime) {
      return new FiringRule(NO_COUNT, List.copyOf(afterTime.getTimestampTransforms()));
    }
    return null;
  }

  /**
   * As {@link #of}, where the trigger starts anew after each firing with all its parts: then the
   * first of a count and a delay is a rule as well.
   */
  static @Nullable FiringRule ofRepeated(Trigger trigger) {
    if (!(trigger instanceof AfterFirst)) {
      return of(trigger);
    }
    FiringRule all = NEVER;
    for (Trigger each : trigger.subTriggers()) {
      FiringRule rule = of(each);
      if (rule == null || (all.delay != null && rule.delay != null)) {
        return null;
      }
      all =
          new FiringRule(
              Math.min(all.count, rule.count), all.delay != null ? all.delay : rule.delay);
    }
    return all;
  }

  /** Whether it fires for a number of elements. */
  public boolean counts() {
    return count != NO_COUNT;
  }

  /** When a pane may fire whose first element came at {@code nowMillis} of processing time. */
  long targetMillis(long nowMillis) {
    long target = nowMillis;
    if (delay != null) {
      for (TimestampTransform step : delay) {
        target = apply(step, target);
      }
    }
    return target;
  }

  private static long apply(TimestampTransform step, long millis) {
    if (step instanceof TimestampTransform.Delay plus) {
      return millis + plus.getDelay().getMillis();
    }
    if (step instanceof TimestampTransform.AlignTo align) {
      long period = align.getPeriod().getMillis();
      long past = (millis - align.getOffset().getMillis()) % period;
      return past == 0 ? millis : millis + period - past;
    }
    throw new IllegalArgumentException("unknown step of a processing-time trigger: " + step);
  }
}
