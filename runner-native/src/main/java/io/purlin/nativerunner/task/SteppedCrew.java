package io.purlin.nativerunner.task;

import java.util.ArrayList;
import java.util.List;

/**
 * One thread that steps all tasks in turn, which makes a pipeline with a {@code TestStream}
 * deterministic: the stream's next event is let go when no task can move. Of several streams the
 * one goes on that has waited longest, so that they go on side by side.
 *
 * <p>When every stream has played its last event and tasks still wait for processing time, time
 * itself moves on to the earliest they wait for.
 */
public final class SteppedCrew implements Crew {
  /** Moves processing time on. */
  public interface TimeTravel {
    /** Sets the clock to {@code millis}, unless it is later already. */
    void advanceTo(long millis);
  }

  private final List<Task> tasks;

  /** The task that let an event go last is the last. */
  private final List<Task> turns;

  private final TimeTravel time;
  private final Listener listener;
  private final Thread thread = new Thread(this::run, "purlin stepped");
  private volatile boolean stopped;

  SteppedCrew(List<Task> tasks, TimeTravel time, Listener listener) {
    this.tasks = List.copyOf(tasks);
    this.turns = new ArrayList<>(tasks);
    this.time = time;
    this.listener = listener;
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  @Override
  public void stop() {
    stopped = true;
    thread.interrupt();
  }

  @Override
  public void drain() {
    tasks.forEach(Task::drain);
  }

  private void run() {
    List<Task> running = new ArrayList<>(tasks);
    try {
      for (Task task : tasks) {
        guarded(task, Task::open);
      }
      listener.opened();
      while (!running.isEmpty() && !stopped) {
        if (!stepAll(running) && !checkpoint(running) && !letGo(running)) {
          moveTime(running);
        }
      }
    } catch (TaskFailure failure) {
      report(failure);
    } finally {
      for (Task task : tasks) {
        try {
          guarded(task, Task::close);
        } catch (TaskFailure failure) {
          report(failure);
        }
      }
      listener.ended();
    }
  }

  private void report(TaskFailure failure) {
    if (!stopped) {
      listener.failed(failure.task, failure.cause);
    }
  }

  /** Steps each task once, or more while it alone moves; true when one of them moved. */
  private static boolean stepAll(List<Task> running) throws TaskFailure {
    boolean moved = false;
    for (Task task : List.copyOf(running)) {
      Progress[] progress = {Progress.NONE};
      guarded(task, t -> progress[0] = t.step());
      if (progress[0] == Progress.DONE) {
        running.remove(task);
      }
      moved |= progress[0] != Progress.NONE;
    }
    return moved;
  }

  /**
   * Whether tasks wait for the barrier of a checkpoint, which is no rest, or all of them for the
   * last one.
   */
  private static boolean checkpoint(List<Task> running) {
    long requested = CheckpointSeat.NONE;
    for (Task task : running) {
      requested = Math.max(requested, task.requestedCheckpoint());
    }
    boolean ended = true;
    for (Task task : running) {
      if (task.passedCheckpoint() < requested) {
        return true;
      }
      ended &= task.awaitsLastCheckpoint();
    }
    if (ended && !running.isEmpty()) {
      running.get(0).awaitWork(0);
    }
    return ended;
  }

  /** Lets one event of one stream go. */
  private boolean letGo(List<Task> running) {
    turns.retainAll(running);
    for (Task task : turns) {
      if (task.onQuiescence()) {
        turns.remove(task);
        turns.add(task);
        return true;
      }
    }
    return false;
  }

  private void moveTime(List<Task> running) throws TaskFailure {
    long due = Long.MAX_VALUE;
    for (Task task : running) {
      due = Math.min(due, task.nextDueMillis());
    }
    if (due == Long.MAX_VALUE) {
      throw new TaskFailure(
          running.get(0),
          new IllegalStateException(
              "the pipeline has come to rest before its end; tasks that wait: " + names(running)));
    }
    time.advanceTo(due);
  }

  private static String names(List<Task> running) {
    return String.join(", ", running.stream().map(t -> t.name().toString()).toList());
  }

  private static void guarded(Task task, Call call) throws TaskFailure {
    try {
      call.on(task);
    } catch (Throwable failure) {
      throw new TaskFailure(task, failure);
    }
  }

  /** A call that may throw anything. */
  private interface Call {
    void on(Task task) throws Exception;
  }

  /** Which task failed, and why. */
  private static final class TaskFailure extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient Task task;
    private final Throwable cause;

    TaskFailure(Task task, Throwable cause) {
      super(cause);
      this.task = task;
      this.cause = cause;
    }
  }
}
