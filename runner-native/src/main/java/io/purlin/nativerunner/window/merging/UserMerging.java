package io.purlin.nativerunner.window.merging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.util.UserCodeException;
import org.jspecify.annotations.Nullable;

/**
 * Windows unite as a user's function says, which is asked about all windows of a key whenever there
 * is a new one. What it may say is what {@code WindowFn.MergeContext} documents.
 */
final class UserMerging implements WindowMerging {
  private final WindowFn<Object, BoundedWindow> windowFn;

  UserMerging(WindowFn<Object, BoundedWindow> windowFn) {
    this.windowFn = windowFn;
  }

  @Override
  public List<Union> unions(List<ActiveWindow> active, BoundedWindow window) {
    List<BoundedWindow> all = new ArrayList<>(active.size() + 1);
    for (ActiveWindow each : active) {
      if (each.open.window.equals(window)) {
        return List.of(new Union(List.of(each), true, window));
      }
      all.add(each.open.window);
    }
    all.add(window);
    Answer answer = new Answer(active, all);
    try {
      windowFn.mergeWindows(answer.context());
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
    return answer.unions;
  }

  @Override
  public int place(List<ActiveWindow> active, BoundedWindow window) {
    return active.size();
  }

  /** What the function says of one new window. */
  private final class Answer {
    private final List<ActiveWindow> active;
    private final List<BoundedWindow> all;
    private final Set<BoundedWindow> seen = new HashSet<>();
    private final List<Union> unions = new ArrayList<>(1);

    /**
     * @param all the windows of {@code active}, and the new one behind them
     */
    Answer(List<ActiveWindow> active, List<BoundedWindow> all) {
      this.active = active;
      this.all = all;
    }

    WindowFn<Object, BoundedWindow>.MergeContext context() {
      return windowFn.new MergeContext() {
        @Override
        public Collection<BoundedWindow> windows() {
          return List.copyOf(all);
        }

        @Override
        public void merge(Collection<BoundedWindow> toBeMerged, BoundedWindow mergeResult) {
          unite(toBeMerged, mergeResult);
        }
      };
    }

    private void unite(Collection<BoundedWindow> merged, BoundedWindow result) {
      List<ActiveWindow> united = new ArrayList<>(merged.size());
      boolean takesNew = false;
      for (BoundedWindow each : merged) {
        int index = all.indexOf(each);
        if (index < 0) {
          throw refused(each + " is no window of the key");
        }
        if (!seen.add(each)) {
          throw refused(each + " is merged twice");
        }
        if (index < active.size()) {
          united.add(active.get(index));
        } else {
          takesNew = true;
        }
      }
      if (!merged.contains(result) && isActive(result)) {
        throw refused(result + " is active, but not among those that become it: " + merged);
      }
      unions.add(new Union(united, takesNew, result));
    }

    private boolean isActive(@Nullable BoundedWindow window) {
      return active.stream().anyMatch(each -> each.open.window.equals(window));
    }

    private IllegalStateException refused(String what) {
      return new IllegalStateException(windowFn + " merges windows wrongly: " + what);
    }
  }
}
