package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.CurrentElement;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/** The window of an element that is handed over for each of its windows alone. */
final class OnlyWindow {
  private OnlyWindow() {}

  /**
   * The current element's one window.
   *
   * @throws IllegalStateException when it is in more than one
   */
  static BoundedWindow of(CurrentElement current) {
    Collection<? extends BoundedWindow> windows = current.windows();
    if (windows.size() != 1) {
      throw new IllegalStateException("one window was asked for, the element is in " + windows);
    }
    return windows.iterator().next();
  }
}
