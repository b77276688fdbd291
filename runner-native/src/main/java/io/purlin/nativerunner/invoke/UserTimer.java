package io.purlin.nativerunner.invoke;

import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A timer in the hands of user code, which says step by step when it is to fire.
 *
 * <p>An event-time timer cannot be set, and no timer can hold the watermark, beyond the time at
 * which its window's state is dropped. Used by the task's thread within one call of user code.
 */
final class UserTimer implements Timer {
  /** The output timestamp of a timer that holds nothing: one after the end of time. */
  private static final Instant NO_OUTPUT =
      BoundedWindow.TIMESTAMP_MAX_VALUE.plus(Duration.millis(1));

  /** Which timer of the current key it is. */
  record Identity(StateNamespace namespace, String family, String id, TimeDomain domain) {}

  /** What all timers of an operator have in common. */
  record Rules(TimestampBounds bounds, Duration allowedLateness, TimerInternals timers) {}

  private final Identity identity;
  private final Rules rules;
  private final Instant windowExpiry;
  private final long setterMillis;
  private Duration offset = Duration.ZERO;
  private Duration period = Duration.ZERO;
  private @Nullable Instant output;
  private boolean holdsNothing;

  /**
   * @param identity which timer
   * @param rules what holds for all
   * @param window whose state the timer belongs to
   * @param setterMillis timestamp of the element or timer that user code was called for
   */
  UserTimer(Identity identity, Rules rules, BoundedWindow window, long setterMillis) {
    this.identity = identity;
    this.rules = rules;
    this.windowExpiry = LateDataUtils.garbageCollectionTime(window, rules.allowedLateness());
    this.setterMillis = setterMillis;
  }

  @Override
  public Timer offset(Duration newOffset) {
    offset = newOffset;
    return this;
  }

  @Override
  public Timer align(Duration newPeriod) {
    period = newPeriod;
    return this;
  }

  @Override
  public Timer withOutputTimestamp(Instant timestamp) {
    output = timestamp;
    holdsNothing = false;
    return this;
  }

  @Override
  public Timer withNoOutputTimestamp() {
    output = null;
    holdsNothing = true;
    return this;
  }

  @Override
  public void set(Instant target) {
    if (isEventTime()) {
      checkInWindow(target, "a firing");
    }
    Instant outputTimestamp = outputTimestamp(target);
    rules
        .timers()
        .setTimer(
            identity.namespace(),
            identity.id(),
            identity.family(),
            target,
            outputTimestamp,
            identity.domain());
  }

  @Override
  public void setRelative() {
    Instant target = target(getCurrentRelativeTime());
    set(isEventTime() && target.isAfter(windowExpiry) ? windowExpiry : target);
  }

  /**
   * The time that offset and period mean: the next at which time + offset is a multiple of the
   * period. Beam's own tests fix this reading, also that before 1970 it is a period later.
   */
  private Instant target(Instant now) {
    if (period.equals(Duration.ZERO)) {
      return now.plus(offset);
    }
    long past = now.plus(offset).getMillis() % period.getMillis();
    return past == 0 ? now : now.plus(Duration.millis(period.getMillis() - past));
  }

  private Instant outputTimestamp(Instant target) {
    if (holdsNothing) {
      return NO_OUTPUT;
    }
    Instant result;
    if (output != null) {
      rules.bounds().checkTimer(setterMillis, output);
      result = output;
    } else {
      result = isEventTime() ? target : Instant.ofEpochMilli(setterMillis);
    }
    checkInWindow(result, "an output");
    return result;
  }

  private void checkInWindow(Instant timestamp, String which) {
    if (timestamp.isAfter(windowExpiry)) {
      throw new IllegalArgumentException(
          "Attempted to set "
              + (isEventTime() ? "an event-time" : "a processing-time")
              + " timer with "
              + which
              + " timestamp of "
              + timestamp
              + " that is after the expiration of window "
              + windowExpiry);
    }
  }

  @Override
  public void clear() {
    rules
        .timers()
        .deleteTimer(identity.namespace(), identity.id(), identity.family(), identity.domain());
  }

  @Override
  public Instant getCurrentRelativeTime() {
    return switch (identity.domain()) {
      case EVENT_TIME -> rules.timers().currentInputWatermarkTime();
      // All tasks of a job share one clock, so that synchronized time is the same.
      case PROCESSING_TIME, SYNCHRONIZED_PROCESSING_TIME -> rules.timers().currentProcessingTime();
    };
  }

  private boolean isEventTime() {
    return identity.domain() == TimeDomain.EVENT_TIME;
  }
}
