package io.purlin.nativerunner.window.pane;

import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.Never;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.jspecify.annotations.Nullable;

/**
 * A trigger in the form that the native operator runs. Immutable.
 *
 * @param kind what happens at the end of the window
 * @param early what fires before the end of the window, or at any time for {@link Kind#ANY_TIME}
 * @param late what fires after the end of the window; null: nothing is accepted then
 */
public record TriggerShape(Kind kind, FiringRule early, @Nullable FiringRule late) {

  /** What happens at the end of the window. */
  public enum Kind {
    /** It fires, and again at once for every late element. */
    END_OF_WINDOW_AND_EACH_LATE,
    /** It fires after early firings and before late ones. */
    EARLY_END_OF_WINDOW_LATE,
    /** Nothing: the rule applies before and after it alike. */
    ANY_TIME
  }

  /** The shape of a trigger; null if the native operator has none for it. */
  public static @Nullable TriggerShape of(Trigger trigger) {
    if (trigger instanceof DefaultTrigger) {
      return new TriggerShape(Kind.END_OF_WINDOW_AND_EACH_LATE, FiringRule.NEVER, FiringRule.NEVER);
    }
    if (trigger instanceof AfterWatermark.FromEndOfWindow) {
      return new TriggerShape(Kind.EARLY_END_OF_WINDOW_LATE, FiringRule.NEVER, null);
    }
    if (trigger instanceof AfterWatermark.AfterWatermarkEarlyAndLate both) {
      return earlyAndLate(both);
    }
    if (trigger instanceof Never.NeverTrigger) {
      return new TriggerShape(Kind.ANY_TIME, FiringRule.NEVER, FiringRule.NEVER);
    }
    return trigger instanceof Repeatedly repeatedly
        ? repeated(repeatedly.getRepeatedTrigger())
        : null;
  }

  private static @Nullable TriggerShape earlyAndLate(
      AfterWatermark.AfterWatermarkEarlyAndLate trigger) {
    FiringRule early = FiringRule.of(trigger.getEarlyTrigger());
    Trigger lateTrigger = trigger.getLateTrigger();
    FiringRule late = lateTrigger == null ? null : FiringRule.of(lateTrigger);
    if (early == null || (late == null && lateTrigger != null)) {
      return null;
    }
    return new TriggerShape(Kind.EARLY_END_OF_WINDOW_LATE, early, late);
  }

  private static @Nullable TriggerShape repeated(Trigger trigger) {
    if (trigger instanceof AfterWatermark.FromEndOfWindow) {
      return new TriggerShape(Kind.END_OF_WINDOW_AND_EACH_LATE, FiringRule.NEVER, FiringRule.NEVER);
    }
    FiringRule rule = FiringRule.ofRepeated(trigger);
    return rule == null ? null : new TriggerShape(Kind.ANY_TIME, rule, rule);
  }

  /** Whether the end of the window is an occasion to fire. */
  public boolean firesAtEndOfWindow() {
    return kind != Kind.ANY_TIME;
  }

  /** Whether nothing fires before the end of the window, and the end does. */
  public boolean waitsForEndOfWindow() {
    return firesAtEndOfWindow() && early.equals(FiringRule.NEVER);
  }

  /** Whether a firing depends on the number of elements. */
  public boolean counts() {
    return early.counts() || (late != null && late.counts());
  }

  /** Whether a firing depends on processing time. */
  public boolean delays() {
    return early.delay() != null || (late != null && late.delay() != null);
  }
}
