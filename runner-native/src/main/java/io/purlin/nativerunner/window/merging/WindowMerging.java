package io.purlin.nativerunner.window.merging;

import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.WindowFn;

/** Which of a key's windows unite. Immutable; may be used by any thread. */
public interface WindowMerging {
  /**
   * The way of a window function whose windows merge.
   *
   * @param windowFn the function
   */
  static WindowMerging of(WindowFn<Object, BoundedWindow> windowFn) {
    WindowFn<?, ?> any = windowFn;
    return any instanceof Sessions ? new SessionMerging() : new UserMerging(windowFn);
  }

  /**
   * What happens when an element comes with a window.
   *
   * @param active the key's windows, in the order that {@link #place} gives them
   * @param window of the element
   * @return windows that unite; nothing where the window stands alone, or is active already
   */
  List<Union> unions(List<ActiveWindow> active, BoundedWindow window);

  /** Where a new window stands among the others. */
  int place(List<ActiveWindow> active, BoundedWindow window);

  /**
   * Windows that unite.
   *
   * @param active those that were active
   * @param takesNew whether the window of the new element is one of them
   * @param result what they become: one of them, or a window that is not active
   */
  record Union(List<ActiveWindow> active, boolean takesNew, BoundedWindow result) {}
}
