package io.purlin.nativerunner.window.pane;

import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.jspecify.annotations.Nullable;

/**
 * Numbers and times the panes of a key and window: EARLY* ON_TIME? LATE*.
 *
 * <p>A pane is on time if it is the first after the watermark has passed the end of its window,
 * unless the output watermark is past it too. Stateless but for the operator's time.
 */
final class PaneNumbers {
  private final OperatorTime time;

  PaneNumbers(OperatorTime time) {
    this.time = time;
  }

  /** The pane that follows {@code last}; null stands for no pane so far. */
  PaneInfo next(@Nullable PaneInfo last, OpenWindow open, boolean isLast) {
    Timing timing = timing(last, open);
    if (last == null) {
      return PaneInfo.createPane(true, isLast, timing, 0, timing == Timing.EARLY ? -1 : 0);
    }
    return PaneInfo.createPane(
        false,
        isLast,
        timing,
        last.getIndex() + 1,
        timing == Timing.EARLY ? -1 : last.getNonSpeculativeIndex() + 1);
  }

  private Timing timing(@Nullable PaneInfo last, OpenWindow open) {
    boolean onlyEarly = last == null || last.getTiming() == Timing.EARLY;
    if (!onlyEarly || open.maxMillis < time.output()) {
      return Timing.LATE;
    }
    return time.input() > open.maxMillis ? Timing.ON_TIME : Timing.EARLY;
  }
}
