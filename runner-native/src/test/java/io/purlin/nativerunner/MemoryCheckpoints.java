package io.purlin.nativerunner;

import io.purlin.nativerunner.job.CheckpointStore;
import io.purlin.nativerunner.task.TaskSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the newest committed checkpoint in memory, for one job after the other. */
final class MemoryCheckpoints implements CheckpointStore {
  private final Runnable onCommit;
  private @Nullable List<TaskSnapshot> committed;
  private long last;
  private int commits;
  private int restores;

  /** Calls {@code onCommit} after each commit. */
  MemoryCheckpoints(Runnable onCommit) {
    this.onCommit = onCommit;
  }

  @Override
  public Draft begin(long number) {
    last = number;
    List<TaskSnapshot> parts = Collections.synchronizedList(new ArrayList<>());
    return new Draft() {
      @Override
      public void add(TaskSnapshot snapshot) {
        parts.add(snapshot);
      }

      @Override
      public void prepare() {}

      @Override
      public void commit() {
        committed = List.copyOf(parts);
        commits++;
        onCommit.run();
      }
    };
  }

  @Override
  public long lastNumber() {
    return last;
  }

  @Override
  public @Nullable List<TaskSnapshot> restore() {
    restores += committed == null ? 0 : 1;
    return committed;
  }

  int commits() {
    return commits;
  }

  int restores() {
    return restores;
  }
}
