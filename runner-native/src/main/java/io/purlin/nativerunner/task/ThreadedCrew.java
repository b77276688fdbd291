package io.purlin.nativerunner.task;

import io.purlin.nativerunner.exchange.StoppedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A thread for each task, since user code may block and must then stop no other task.
 *
 * <p>A thread whose task cannot move parks until its signal is raised or the task is due. Stopping
 * sets a flag that every thread looks at between steps, wakes those that are parked, and interrupts
 * them all, for user code that blocks.
 */
final class ThreadedCrew implements Crew {
  private final List<Member> members = new ArrayList<>();
  private final Listener listener;
  private final CountDownLatch opened;
  private final AtomicInteger running;
  private final Reserve reserve = new Reserve();
  private volatile boolean stopped;

  ThreadedCrew(List<Task> tasks, Listener listener) {
    this.listener = listener;
    this.running = new AtomicInteger(tasks.size());
    this.opened = new CountDownLatch(tasks.size());
    for (Task task : tasks) {
      members.add(new Member(task));
    }
  }

  @Override
  public void start() {
    if (members.isEmpty()) {
      listener.ended();
    }
    for (Member member : members) {
      member.thread.start();
    }
  }

  @Override
  public void stop() {
    stopped = true;
    // Without an iterator, for which there may be no memory.
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      member.task.signal().stop();
      member.thread.interrupt();
    }
  }

  @Override
  public void drain() {
    // Those behind others first: an end that comes from a drain must not come before the drain.
    for (int i = members.size() - 1; i >= 0; i--) {
      members.get(i).task.drain();
    }
  }

  private void allClosed() {
    // Nobody but those who wait for this needs memory now.
    reserve.release();
    for (Member member : members) {
      Throwable failure = member.untold;
      if (failure != null) {
        listener.failed(member.task, failure);
      }
    }
    listener.ended();
  }

  /** One task and its thread. */
  private final class Member implements Runnable {
    private final Task task;
    private final Thread thread;

    /** What could not be told for want of memory. Read when all threads are through. */
    private @Nullable Throwable untold;

    Member(Task task) {
      this.task = task;
      this.thread = new Thread(this, "purlin " + task.name());
      this.thread.setDaemon(true);
    }

    @Override
    public void run() {
      try {
        open();
        loop();
      } catch (Throwable failure) {
        report(failure);
      } finally {
        close();
        if (running.decrementAndGet() == 0) {
          allClosed();
        }
      }
    }

    /** Nothing runs before everything is set up: then no task ends before another begins. */
    private void open() throws Exception {
      try {
        task.open();
      } finally {
        opened.countDown();
      }
      opened.await();
      if (members.get(0) == this) {
        listener.opened();
      }
    }

    private void loop() throws Exception {
      int idle = 0;
      while (!stopped) {
        switch (task.step()) {
          case MADE -> idle = 0;
          case NONE -> task.awaitWork(idle++);
          case DONE -> {
            return;
          }
        }
      }
    }

    private void close() {
      try {
        task.close();
      } catch (Throwable failure) {
        report(failure);
      }
    }

    private void report(Throwable failure) {
      try {
        if (isFailure(failure)) {
          listener.failed(task, failure);
        }
      } catch (Error full) {
        // Told when no task makes anything any more. Until then nothing is made here, either.
        untold = failure;
        ThreadedCrew.this.stop();
      }
    }

    /**
     * What a task throws because it was stopped while it waited, or interrupted for stopping, is
     * none of its own. Errors are looked at first: classes may not be loaded yet, and without
     * memory none can be.
     */
    private boolean isFailure(Throwable thrown) {
      return thrown instanceof VirtualMachineError
          || (!(thrown instanceof StoppedException)
              && (!stopped || Failures.ofJvm(thrown) != null));
    }
  }
}
