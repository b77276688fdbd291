package io.purlin.nativerunner.sideinput;

import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TupleTag;

/**
 * All side inputs of a job. What a view holds for a window is dropped when the windows of all main
 * inputs that can ask for it have expired.
 *
 * <p>Safe for any thread; each view is written by one task. Tasks that may wait for a view register
 * a listener, which is called on the writer's thread and must only wake.
 */
public final class SideInputStore implements JobSideInputs {
  private final Map<TupleTag<?>, View> views = new HashMap<>();
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
  private volatile boolean checkpointed;

  /**
   * @param all every view of the pipeline
   */
  public SideInputStore(Collection<? extends PCollectionView<?>> all) {
    for (PCollectionView<?> view : all) {
      views.put(view.getTagInternal(), new View(view));
    }
  }

  /** Has {@code listener} called whenever something may have become ready. */
  public void onChange(Runnable listener) {
    listeners.add(listener);
  }

  /**
   * What readers have passed counts from their next barrier on, because a checkpoint must hold what
   * its readers may ask for. To be said before there are any.
   */
  public void waitForBarriers() {
    checkpointed = true;
  }

  @Override
  public Reading reading(Collection<? extends PCollectionView<?>> read, long latenessMillis) {
    List<View> found = read.stream().map(this::find).distinct().toList();
    Reading reading = new Reading(found, latenessMillis, checkpointed);
    found.forEach(each -> each.add(reading));
    return reading;
  }

  @Override
  public boolean isGone(PCollectionView<?> view, BoundedWindow window) {
    return find(view).isGone(window);
  }

  /** Number of windows for which a view holds something. */
  public int windowCount(PCollectionView<?> view) {
    return find(view).windowCount();
  }

  /** Forgets all contents, readers and listeners: the job that uses it begins anew. */
  public void clear() {
    listeners.clear();
    checkpointed = false;
    views.values().forEach(View::clear);
  }

  /** Replaces what a view holds for a window. {@code elements} must not change afterwards. */
  public void publish(PCollectionView<?> view, BoundedWindow window, Iterable<?> elements) {
    find(view).publish(window, elements);
    changed();
  }

  /** Tells how far a view's writer has come, in event-time milliseconds; never decreases. */
  public void writerWatermark(PCollectionView<?> view, long millis) {
    find(view).writerWatermark(millis);
    changed();
  }

  /** Writes, on the thread of the view's writer, what it holds as the part {@code name}. */
  public void snapshot(PCollectionView<?> view, String name, SnapshotSink sink) throws IOException {
    find(view).snapshot(name, sink);
  }

  /** Takes in the part at which {@code source} stands, if it is {@code name}. */
  public boolean restore(PCollectionView<?> view, String name, SnapshotSource source)
      throws IOException {
    if (!source.part().name().equals(name)) {
      return false;
    }
    find(view).restore(name, source);
    changed();
    return true;
  }

  private void changed() {
    listeners.forEach(Runnable::run);
  }

  @Override
  public boolean isReady(PCollectionView<?> view, BoundedWindow window) {
    return find(view).isReady(window);
  }

  @Override
  @SuppressWarnings({"unchecked", "NullAway"}) // the view knows its type, and whether null is in it
  public <T> T get(PCollectionView<T> view, BoundedWindow window) {
    ViewContents contents = find(view).contents(window);
    if (contents == null) {
      throw new IllegalStateException(
          "side input " + view.getName() + " is not ready for window " + window);
    }
    return (T) contents.form();
  }

  @Override
  public <T> boolean contains(PCollectionView<T> view) {
    return views.containsKey(view.getTagInternal());
  }

  @Override
  public boolean isEmpty() {
    return views.isEmpty();
  }

  private View find(PCollectionView<?> view) {
    View found = views.get(view.getTagInternal());
    if (found == null) {
      throw new IllegalArgumentException(
          "side input " + view.getName() + " is not an input of this pipeline");
    }
    return found;
  }
}
