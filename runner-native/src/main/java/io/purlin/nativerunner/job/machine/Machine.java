package io.purlin.nativerunner.job.machine;

import io.purlin.nativerunner.checkpoint.CheckpointTokens;
import io.purlin.nativerunner.exchange.Channel;
import io.purlin.nativerunner.exchange.Signal;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.task.Task;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.SystemClock;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a job takes from the machine that it runs on: time, chance, threads, how its own thread
 * waits, and how tasks are connected. A job on another machine, which plays all of this from a
 * seed, does the same work.
 *
 * <p>Any thread may call it.
 */
public interface Machine {
  /** Processing time of the job and of its tasks. */
  Clock clock();

  /** Makes the random halves of checkpoints' identities. */
  Supplier<String> tokens();

  /**
   * Whether a task may wait, in the middle of an element, for what another task must do. Where one
   * thread steps all tasks it may not.
   */
  boolean tasksMayWait();

  /** Steps the tasks of an attempt. */
  Crew crew(List<Task> tasks, Crew.Listener listener);

  /** Where the job's thread is told what happens in an attempt. */
  <E> Mailbox<E> mailbox();

  /** Connects two tasks; what the parameters mean is told by {@link Channel}'s constructor. */
  Channel channel(int credits, int batchElements, Signal sender, Signal receiver);

  /** The machine that the process runs on. */
  static Machine real() {
    return new RealMachine(new SystemClock(), new CheckpointTokens());
  }

  /** Threads of the JVM and the clock of the system. */
  record RealMachine(Clock clock, Supplier<String> tokens) implements Machine {
    @Override
    public boolean tasksMayWait() {
      return true;
    }

    @Override
    public Crew crew(List<Task> tasks, Crew.Listener listener) {
      return Crew.threaded(tasks, listener);
    }

    @Override
    public <E> Mailbox<E> mailbox() {
      return Mailbox.blocking();
    }

    @Override
    public Channel channel(int credits, int batchElements, Signal sender, Signal receiver) {
      return new Channel(credits, batchElements, sender, receiver);
    }
  }
}
