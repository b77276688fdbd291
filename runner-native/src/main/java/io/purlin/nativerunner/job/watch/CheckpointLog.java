package io.purlin.nativerunner.job.watch;

import io.purlin.nativerunner.chain.OperatorState;
import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.task.TaskSnapshot;
import io.purlin.nativerunner.view.CheckpointView;
import io.purlin.nativerunner.view.CheckpointView.Status;
import io.purlin.nativerunner.view.CheckpointsView;
import io.purlin.nativerunner.view.JobView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What has become of a job's checkpoints. The job's thread writes it, any thread may ask. Lives as
 * long as the job.
 */
public final class CheckpointLog {
  /** How many checkpoints are remembered. */
  static final int MOST = 50;

  private final Deque<CheckpointView> over = new ArrayDeque<>();
  private @Nullable CheckpointView open;
  private Supplier<long[]> pauses = () -> new long[0];
  private long[] pausesBefore = {};
  private long completed;
  private long failed;
  private long restored;
  private long restoredNumber = JobView.UNKNOWN;

  /** A log of no checkpoint. */
  public CheckpointLog() {}

  /** Other tasks answer from now on; how long each has stood still so far is told by these. */
  synchronized void of(Supplier<long[]> pausesOfTasks) {
    pauses = pausesOfTasks;
  }

  /** The next attempt goes on from a checkpoint; 0: from the beginning. */
  public synchronized void restored(long number) {
    restoredNumber = number == 0 ? JobView.UNKNOWN : number;
    restored += number == 0 ? 0 : 1;
  }

  /**
   * A checkpoint has begun.
   *
   * @param last whether it ends the job
   * @param tasks how many tasks have to answer
   */
  public synchronized void triggered(long number, boolean last, int tasks, long nowMillis) {
    pausesBefore = pauses.get();
    open =
        new CheckpointView(
            number,
            Status.IN_PROGRESS,
            last,
            nowMillis,
            JobView.UNKNOWN,
            JobView.UNKNOWN,
            tasks,
            0,
            0,
            0,
            "");
  }

  /** A task has answered. */
  public synchronized void acknowledged(TaskSnapshot part, long nowMillis) {
    CheckpointView now = open;
    if (now != null) {
      open =
          new CheckpointView(
              now.number(),
              now.status(),
              now.last(),
              now.triggerMillis(),
              nowMillis,
              now.endMillis(),
              now.tasks(),
              now.acknowledged() + 1,
              now.bytes() + bytes(part),
              pauseMillis(),
              "");
    }
  }

  /** What the task has written: of its operators the newest segment. */
  private static long bytes(TaskSnapshot part) {
    long sum = 0;
    for (byte[] each : part.positions()) {
      sum += each.length;
    }
    for (byte[] each : part.metrics()) {
      sum += each.length;
    }
    for (OperatorState state : part.operators().values()) {
      sum += state.segments().get(0).sizeBytes();
    }
    return sum;
  }

  private long pauseMillis() {
    long[] now = pauses.get();
    long longest = 0;
    for (int i = 0; i < Math.min(now.length, pausesBefore.length); i++) {
      longest = Math.max(longest, now[i] - pausesBefore[i]);
    }
    return longest;
  }

  /** The checkpoint that is under way is committed. */
  public synchronized void committed(long nowMillis) {
    end(Status.COMPLETED, nowMillis, "");
  }

  /** The checkpoint that is under way, if one is, comes to nothing. */
  public synchronized void givenUp(String reason, long nowMillis) {
    end(Status.FAILED, nowMillis, reason);
  }

  private void end(Status status, long nowMillis, String reason) {
    CheckpointView now = open;
    if (now == null) {
      return;
    }
    open = null;
    completed += status == Status.COMPLETED ? 1 : 0;
    failed += status == Status.FAILED ? 1 : 0;
    over.addFirst(
        new CheckpointView(
            now.number(),
            status,
            now.last(),
            now.triggerMillis(),
            now.ackMillis(),
            nowMillis,
            now.tasks(),
            now.acknowledged(),
            now.bytes(),
            pauseMillis(),
            reason));
    if (over.size() > MOST) {
      over.removeLast();
    }
  }

  /**
   * What there is to see.
   *
   * @param settings null: the job takes none
   */
  synchronized CheckpointsView view(@Nullable CheckpointSettings settings) {
    if (settings == null) {
      return CheckpointsView.NONE;
    }
    List<CheckpointView> history = new ArrayList<>(over);
    if (open != null) {
      history.add(0, open);
    }
    return new CheckpointsView(
        true,
        settings.intervalMillis(),
        settings.timeoutMillis(),
        completed,
        failed,
        restored,
        restoredNumber,
        history);
  }
}
