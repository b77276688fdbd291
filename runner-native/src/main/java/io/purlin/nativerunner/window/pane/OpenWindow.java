package io.purlin.nativerunner.window.pane;

import java.util.Collection;
import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * A window that has had elements and has not expired, with what is the same for all its keys.
 * Immutable.
 */
public final class OpenWindow {
  /** The window itself. */
  public final BoundedWindow window;

  /** The window alone, as elements carry it. */
  public final Collection<BoundedWindow> alone;

  /** The window's last timestamp, in event-time milliseconds. */
  public final long maxMillis;

  /** The window's last timestamp plus the allowed lateness, in event-time milliseconds. */
  public final long expiryMillis;

  /**
   * @param window the window
   * @param expiryMillis its last timestamp plus the allowed lateness, in event-time milliseconds
   */
  public OpenWindow(BoundedWindow window, long expiryMillis) {
    this.window = window;
    this.alone = List.of(window);
    this.maxMillis = window.maxTimestamp().getMillis();
    this.expiryMillis = expiryMillis;
  }
}
