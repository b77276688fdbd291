package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.sideinput.JobSideInputs;
import io.purlin.nativerunner.sideinput.Reading;
import java.util.Collection;
import java.util.Map;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.jspecify.annotations.Nullable;

/**
 * The side inputs of one ParDo, asked for by windows of its main input. Used by the task's thread.
 */
public final class SideInputs {
  private final Map<String, PCollectionView<?>> byTag;
  private final Collection<PCollectionView<?>> views;
  private final JobSideInputs reader;

  /**
   * @param byTag the ParDo's views by their tag's id
   * @param reader the contents of all views
   */
  public SideInputs(Map<String, PCollectionView<?>> byTag, JobSideInputs reader) {
    this.byTag = byTag;
    this.views = byTag.values();
    this.reader = reader;
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return views.isEmpty();
  }

  /** Whether all of them can be read for elements of a main-input window. */
  public boolean areReady(BoundedWindow window) {
    for (PCollectionView<?> view : views) {
      if (!reader.isReady(view, view.getWindowMappingFn().getSideInputWindow(window))) {
        return false;
      }
    }
    return true;
  }

  /** Whether elements of a main-input window come too late for one of them. */
  public boolean areGone(BoundedWindow window) {
    for (PCollectionView<?> view : views) {
      if (reader.isGone(view, view.getWindowMappingFn().getSideInputWindow(window))) {
        return true;
      }
    }
    return false;
  }

  /**
   * The task that reads them.
   *
   * @param latenessMillis the allowed lateness of the main input
   */
  public Reading reading(long latenessMillis) {
    return reader.reading(views, latenessMillis);
  }

  /** What a view holds for a main-input window. */
  <T> @Nullable T get(PCollectionView<T> view, BoundedWindow window) {
    if (!views.contains(view)) {
      throw new IllegalArgumentException("calling sideInput() with unknown view " + view);
    }
    return reader.get(view, view.getWindowMappingFn().getSideInputWindow(window));
  }

  /** What the view of a tag holds for a main-input window. */
  @Nullable Object get(String tag, BoundedWindow window) {
    PCollectionView<?> view = byTag.get(tag);
    if (view == null) {
      throw new IllegalArgumentException("there is no side input with the tag " + tag);
    }
    return get(view, window);
  }
}
