package io.purlin.nativerunner.task;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /** The task that does something or did last. Owner: the thread. */
  private Task current;

  /** What could not be told for want of memory, and of which task. Owner: the thread. */
  private @Nullable Throwable untold;

  private Task untoldOf;
  private final Reserve reserve = new Reserve();

  SteppedCrew(List<Task> tasks, TimeTravel time, Listener listener) {
    this.tasks = List.copyOf(tasks);
    this.current = tasks.get(0);
    this.untoldOf = current;
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
        current = task;
        task.open();
      }
      listener.opened();
      while (!running.isEmpty() && !stopped) {
        if (!stepAll(running) && !checkpoint(running) && !letGo(running)) {
          moveTime(running);
        }
      }
    } catch (Throwable failure) {
      report(failure);
    } finally {
      for (Task task : tasks) {
        close(task);
      }
      allClosed();
    }
  }

  private void close(Task task) {
    current = task;
    try {
      task.close();
    } catch (Throwable failure) {
      report(failure);
    }
  }

  private void report(Throwable failure) {
    try {
      if (!stopped || Failures.ofJvm(failure) != null) {
        listener.failed(current, failure);
      }
    } catch (Error full) {
      untold = failure;
      untoldOf = current;
    }
  }

  private void allClosed() {
    reserve.release();
    Throwable failure = untold;
    if (failure != null) {
      listener.failed(untoldOf, failure);
    }
    listener.ended();
  }

  /** Steps each task once, or more while it alone moves; true when one of them moved. */
  private boolean stepAll(List<Task> running) throws Exception {
    boolean moved = false;
    for (Task task : List.copyOf(running)) {
      current = task;
      Progress progress = task.step();
      if (progress == Progress.DONE) {
        running.remove(task);
      }
      moved |= progress != Progress.NONE;
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
      current = task;
      if (task.onQuiescence()) {
        turns.remove(task);
        turns.add(task);
        return true;
      }
    }
    return false;
  }

  private void moveTime(List<Task> running) {
    long due = Long.MAX_VALUE;
    for (Task task : running) {
      due = Math.min(due, task.nextDueMillis());
    }
    if (due == Long.MAX_VALUE) {
      current = running.get(0);
      throw new IllegalStateException(
          "the pipeline has come to rest before its end; tasks that wait: " + names(running));
    }
    time.advanceTo(due);
  }

  private static String names(List<Task> running) {
    return String.join(", ", running.stream().map(t -> t.name().toString()).toList());
  }
}
