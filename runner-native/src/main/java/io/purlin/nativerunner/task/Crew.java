package io.purlin.nativerunner.task;

import java.util.List;

/** The threads that step a job's tasks. Any thread may call its methods. */
public interface Crew {
  /** What a crew reports, each on the thread it happened on. */
  interface Listener {
    /**
     * All tasks are open, with what they held before, and begin to work; one that could not be
     * opened has failed before. At most once.
     */
    void opened();

    /**
     * A task failed. It will still be closed, or has been where there was no memory to tell of it.
     */
    void failed(Task task, Throwable failure);

    /** All tasks have been closed; nothing more is reported. */
    void ended();
  }

  /** Starts the threads. Called once. */
  void start();

  /** Tells every task to stop where it is. Returns at once; {@link Listener#ended} follows. */
  void stop();

  /** Ends every source where it stands, so that the tasks come to their end. Returns at once. */
  void drain();

  /** A crew with a thread for each task. */
  static Crew threaded(List<Task> tasks, Listener listener) {
    return new ThreadedCrew(tasks, listener);
  }

  /** A crew of one thread that steps all tasks in turn, to rest after each event. */
  static Crew stepped(List<Task> tasks, SteppedCrew.TimeTravel time, Listener listener) {
    return new SteppedCrew(tasks, time, listener);
  }
}
