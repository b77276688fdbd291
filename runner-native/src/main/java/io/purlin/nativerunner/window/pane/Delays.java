package io.purlin.nativerunner.window.pane;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Panes that wait for processing time, in the order in which they will be due.
 *
 * <p>Invariant: one rule and a clock that never goes back give targets that never decrease, so the
 * order is that of arrival. A pane that has fired meanwhile stays until its time has come; the
 * consumer ignores it. Owned by the task's thread.
 */
final class Delays {
  private final Deque<Target> targets = new ArrayDeque<>();
  private final List<Target> unsorted = new ArrayList<>(0);

  /** All panes with one target; parallel lists. */
  private record Target(long millis, List<GroupCell> cells, List<OpenWindow> windows) {}

  void add(long targetMillis, GroupCell cell, OpenWindow window) {
    Target last = targets.peekLast();
    if (last == null || last.millis < targetMillis) {
      last = new Target(targetMillis, new ArrayList<>(2), new ArrayList<>(2));
      targets.addLast(last);
    }
    last.cells.add(cell);
    last.windows.add(window);
  }

  /** Adds a pane that was read, in any order; {@link #restored} follows the last one. */
  void restore(long targetMillis, GroupCell cell, OpenWindow window) {
    unsorted.add(new Target(targetMillis, List.of(cell), List.of(window)));
  }

  /** Puts the panes that were read in order. */
  void restored() {
    unsorted.sort(Comparator.comparingLong(Target::millis));
    unsorted.forEach(each -> add(each.millis, each.cells.get(0), each.windows.get(0)));
    unsorted.clear();
  }

  /** When something is due next, in milliseconds; {@code Long.MAX_VALUE}: never. */
  long nextMillis() {
    Target first = targets.peekFirst();
    // Due once the clock has passed the target.
    return first == null ? Long.MAX_VALUE : first.millis + 1;
  }

  /** Takes out what is due and hands over what still waits for that time. */
  void takeDue(long nowMillis, BiConsumer<GroupCell, OpenWindow> consumer) {
    for (Target first = targets.peekFirst();
        first != null && first.millis < nowMillis;
        first = targets.peekFirst()) {
      targets.removeFirst();
      for (int i = 0; i < first.cells.size(); i++) {
        GroupCell cell = first.cells.get(i);
        if (!cell.isClosed() && cell.delayedUntil() == first.millis) {
          consumer.accept(cell, first.windows.get(i));
        }
      }
    }
  }
}
