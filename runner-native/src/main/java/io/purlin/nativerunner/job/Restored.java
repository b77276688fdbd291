package io.purlin.nativerunner.job;

import io.purlin.nativerunner.chain.OperatorState;
import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.nativerunner.task.TaskStart;
import io.purlin.sdk.faults.KillPoint;
import io.purlin.state.SnapshotSink.Extent;
import io.purlin.state.cold.ColdCopy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * What a job starts from, by the names of steps. Immutable.
 *
 * @param tasks the parts of a checkpoint; empty for a job that begins at its beginning
 */
record Restored(List<TaskSnapshot> tasks) {
  private static final long BEGINNING = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  /** A job that begins at its beginning. */
  static final Restored NOTHING = new Restored(List.of());

  /**
   * The steps that held something, and are none of {@code known}.
   *
   * @param known names of steps
   */
  List<String> unknown(Collection<String> known) {
    Set<String> unknown = new TreeSet<>();
    for (TaskSnapshot task : tasks) {
      unknown.addAll(task.operators().keySet());
      if (!task.positions().isEmpty()) {
        unknown.add(task.chain());
      }
    }
    unknown.removeAll(known);
    return List.copyOf(unknown);
  }

  /** Whether all tasks had come to their end. */
  boolean hasEnded() {
    return !tasks.isEmpty()
        && tasks.stream()
            .allMatch(task -> task.watermarkMillis() == END && task.operators().isEmpty());
  }

  /** The position of a source; null when it is to be read from its beginning. */
  @Nullable List<byte[]> positions(String source) {
    List<byte[]> positions = new ArrayList<>();
    boolean known = false;
    for (TaskSnapshot task : tasks) {
      if (task.chain().equals(source)) {
        known = true;
        positions.addAll(task.positions());
      }
    }
    return known ? positions : null;
  }

  /**
   * How far a task's input had come: what the task of the same index had, or the least of all when
   * there are more or fewer tasks now, or when they read a source: its splits are dealt out anew,
   * and one that another task had may be further behind.
   */
  private long watermarkMillis(String chain, int index, int parallelism) {
    long least = Long.MAX_VALUE;
    long own = Long.MAX_VALUE;
    int count = 0;
    boolean source = false;
    for (TaskSnapshot task : tasks) {
      if (task.chain().equals(chain)) {
        count++;
        source |= !task.positions().isEmpty();
        least = Math.min(least, task.watermarkMillis());
        own = task.index() == index ? task.watermarkMillis() : own;
      }
    }
    return count == 0 ? BEGINNING : count == parallelism && !source ? own : least;
  }

  /** What a task goes on from. */
  TaskStart start(Task.Name name) {
    long before = tasks.stream().filter(task -> task.chain().equals(name.chain())).count();
    if (before > 0 && before != name.parallelism()) {
      KillPoint.REDISTRIBUTING.hit();
    }
    return new TaskStart(
        watermarkMillis(name.chain(), name.index(), name.parallelism()), this::parts);
  }

  private List<OperatorState> parts(String step) {
    return tasks.stream().map(task -> task.operators().get(step)).filter(Objects::nonNull).toList();
  }

  /** The state of an operator that builds on a copy of what was beyond the heap, if any does. */
  private Optional<OperatorState> copied() {
    return tasks.stream()
        .flatMap(task -> task.operators().values().stream())
        .filter(state -> state.copy() != null)
        .findAny();
  }

  /** The copy of what was beyond the heap; null when there is none. */
  @Nullable ColdCopy copy() {
    return copied().map(OperatorState::copy).orElse(null);
  }

  /** Number of the checkpoint since which that copy was folded. */
  long base() {
    return copied().map(OperatorState::base).orElse(Extent.NONE);
  }

  /** Metrics that were counted before. */
  List<byte[]> metrics() {
    return tasks.stream().flatMap(task -> task.metrics().stream()).toList();
  }
}
