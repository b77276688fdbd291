package io.purlin.nativerunner.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.beam.sdk.metrics.MetricName;

/**
 * The cells of one kind, by name, of one step in one task.
 *
 * <p>Asked by the task's thread alone; {@link #all} by any. User code keeps its metrics in fields
 * and so asks by the same few name objects again and again: those are compared by identity, and the
 * map is left to names that are made anew for each call.
 *
 * @param <C> type of the cells
 */
final class Cells<C> {
  private static final int COMPARED = 8;

  private final Function<MetricName, C> make;
  private final Map<MetricName, C> byName = new HashMap<>();
  private MetricName[] names = {};

  // Replaced, never changed.
  private volatile List<C> all = List.of();
  private Object[] compared = {};

  /** No cells yet; {@code make} makes one for each name when it is first asked for. */
  Cells(Function<MetricName, C> make) {
    this.make = make;
  }

  // Equal names that are not the same are left to the map; the array holds cells alone.
  @SuppressWarnings({"ReferenceEquality", "unchecked"})
  C get(MetricName name) {
    for (int i = 0; i < names.length; i++) {
      if (names[i] == name) {
        return (C) compared[i];
      }
    }
    C cell = byName.get(name);
    return cell != null ? cell : add(name);
  }

  private C add(MetricName name) {
    C cell = make.apply(name);
    byName.put(name, cell);
    if (names.length < COMPARED) {
      int at = names.length;
      compared = Arrays.copyOf(compared, at + 1);
      compared[at] = cell;
      names = Arrays.copyOf(names, at + 1);
      names[at] = name;
    }
    List<C> longer = new ArrayList<>(all);
    longer.add(cell);
    all = longer;
    return cell;
  }

  /** All cells made so far. Any thread. */
  List<C> all() {
    return all;
  }
}
