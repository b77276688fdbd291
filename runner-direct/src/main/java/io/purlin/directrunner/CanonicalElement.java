package io.purlin.directrunner;

import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;

/**
 * An element in one window, in a form that equals the same element of another runner.
 *
 * @param value its {@link CanonicalForm}
 * @param timestampMillis its event time, milliseconds since the epoch
 * @param window its window
 * @param pane which firing of the window it comes from
 */
public record CanonicalElement(
    Object value, long timestampMillis, BoundedWindow window, PaneInfo pane) {
  /** The same element as if it came from no firing, to compare where firings may differ. */
  public CanonicalElement withoutPane() {
    return new CanonicalElement(value, timestampMillis, window, PaneInfo.NO_FIRING);
  }

  @Override
  public String toString() {
    return value + " @" + timestampMillis + " in " + window + " " + pane;
  }
}
