package io.purlin.conformance.simulation.job;

import io.purlin.conformance.simulation.world.Chance;
import io.purlin.conformance.simulation.world.Life;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.task.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Steps the tasks of an attempt, any of those that can move at a time. What it does with a task is
 * what the threaded crew does on the task's own thread: open all, step, report the first failure,
 * close in any case, tell when all are closed.
 */
final class SimulatedCrew implements Crew {
  private final Life life;
  private final Chance chance;
  private final List<Task> tasks;
  private final Listener listener;
  private final Predicate<Task> mayStep;
  private final SimulatedProcess.Watch watch;
  private final List<CountedChannel> channels;
  private final List<Task> open = new ArrayList<>();
  private final Set<Task> idle = new HashSet<>();
  private boolean stopped;

  SimulatedCrew(
      Life life,
      List<Task> tasks,
      Listener listener,
      Predicate<Task> mayStep,
      SimulatedProcess.Watch watch,
      List<CountedChannel> channels) {
    this.life = life;
    this.chance = life.world().chance();
    this.tasks = List.copyOf(tasks);
    this.listener = listener;
    this.mayStep = mayStep;
    this.watch = watch;
    this.channels = channels;
  }

  @Override
  public void start() {
    open.addAll(tasks);
    for (Task task : tasks) {
      guarded(task, "opens", Task::open);
    }
    if (!open.isEmpty()) {
      listener.opened();
    }
  }

  @Override
  public void stop() {
    stopped = true;
  }

  @Override
  public void drain() {
    tasks.forEach(Task::drain);
  }

  /** Lets one task do something; false when none can. */
  boolean step() {
    if (open.isEmpty()) {
      return false;
    }
    if (stopped) {
      close(chance.oneOf(open));
      return true;
    }
    List<Task> ready = open.stream().filter(task -> !idle.contains(task)).toList();
    if (ready.isEmpty()) {
      return false;
    }
    Task task = chance.oneOf(ready);
    if (mayStep.test(task)) {
      guarded(task, "steps", this::step);
    } else {
      guarded(task, "would wait, answers", this::answer);
    }
    return true;
  }

  private void step(Task task) throws Exception {
    switch (task.step()) {
      case MADE -> idle.clear();
      case NONE -> idle.add(task);
      case DONE -> close(task);
    }
  }

  /** What a thread does before it waits in the middle of an element. */
  private void answer(Task task) {
    task.answerBeforeWaiting();
    idle.add(task);
  }

  /** Those that could not move may now. */
  void timeHasPassed() {
    idle.clear();
  }

  private void close(Task task) {
    open.remove(task);
    life.does("closes " + task.name());
    try {
      task.close();
    } catch (Exception e) {
      report(task, e);
    }
    life.stillThere();
    if (open.isEmpty()) {
      watch.closed(channels);
      listener.ended();
    }
  }

  private void guarded(Task task, String what, Call call) {
    life.does(what + " " + task.name());
    try {
      call.on(task);
    } catch (Exception | AssertionError e) {
      // What user code is in the way of comes out wrapped.
      life.stillThere();
      report(task, e);
      if (open.contains(task)) {
        close(task);
      }
    }
  }

  private void report(Task task, Throwable failure) {
    life.world().trace().add(life + " " + task.name() + " fails: " + failure);
    if (!stopped) {
      watch.failed(failure);
      listener.failed(task, failure);
    }
  }

  /** Something that a task does. */
  private interface Call {
    void on(Task task) throws Exception;
  }
}
