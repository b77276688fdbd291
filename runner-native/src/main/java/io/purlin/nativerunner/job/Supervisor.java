package io.purlin.nativerunner.job;

import io.purlin.nativerunner.job.machine.Machine;
import io.purlin.nativerunner.job.machine.Mailbox;
import io.purlin.nativerunner.metrics.TaskCounters;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.task.Failures;
import io.purlin.nativerunner.task.Reserve;
import io.purlin.nativerunner.task.Task;
import io.purlin.sdk.faults.KillPoint;
import java.io.IOException;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job on a thread of its own: one attempt after the other until one comes to its end, is
 * cancelled, or fails for good; and the checkpoints of each.
 *
 * <p>{@link #wake} may be called by any thread, all else by the job's. Lives as long as the job.
 */
final class Supervisor {
  private static final Logger LOG = LoggerFactory.getLogger(Supervisor.class);
  private static final long LONGEST_WAIT_MILLIS = 60_000;

  /** After which tasks that do not stop are told again. */
  private static final long STOPPING_MILLIS = 1_000;

  private static final long RESTING_NANOS = 1_000_000;

  /** Makes attempts. */
  interface Launcher {
    /**
     * Wires an attempt from the newest committed checkpoint, or from the beginning.
     *
     * @param listener told what becomes of its tasks
     * @param wake called when its checkpoints have something to do
     * @throws IOException when the checkpoint cannot be read
     */
    Attempt launch(Crew.Listener listener, CheckpointRounds.Wake wake) throws IOException;

    /** No attempt follows: releases what attempts share. */
    void close();
  }

  /** What becomes of the job, told on the job's thread. */
  interface Outcome {
    /** Whether the job is to stop; then no attempt begins any more. */
    boolean isCancelled();

    /** Whether the job is to stop as soon as a checkpoint holds what it has done until now. */
    boolean isStopping();

    /** That checkpoint is committed; the job is cancelled from here on. */
    void stopped();

    /** An attempt begins. */
    void begins(Attempt attempt);

    /**
     * An attempt has failed, or could not begin. May be told more than once of the same attempt.
     *
     * @param task the task that has failed; empty when it was none
     */
    void failed(String task, Throwable failure);

    /** That attempt is over: nobody needs what it held. */
    void ends();

    /** The job is over. {@code failure} is what failed it, if anything. */
    void over(@Nullable Throwable failure);
  }

  private sealed interface Event {
    record Wake() implements Event {}

    record Opened() implements Event {}

    record Failed(String task, Throwable cause) implements Event {}

    record Ended() implements Event {}
  }

  private final Launcher launcher;
  private final Outcome outcome;
  private final RestartStrategy restarts;
  private final Machine machine;
  private final Reserve reserve = new Reserve();
  private volatile Mailbox<Event> events;

  /**
   * Wired, and taken out when it runs: while another one runs, no frame of a method may hold what
   * an earlier one worked on.
   */
  private @Nullable Attempt next;

  /** How many elements the attempt had taken in when its newest checkpoint began, or fewer. */
  private long takenAtBarrier;

  Supervisor(Launcher launcher, Outcome outcome, RestartStrategy restarts, Machine machine) {
    this.launcher = launcher;
    this.outcome = outcome;
    this.restarts = restarts;
    this.machine = machine;
    this.events = machine.mailbox();
  }

  /** Wires the attempt that {@link #run} begins with; nothing runs yet. */
  Attempt launch() throws IOException {
    // Each attempt has a mailbox of its own: what an earlier one still reports goes nowhere.
    Mailbox<Event> mailbox = machine.mailbox();
    events = mailbox;
    Attempt launched = launcher.launch(new Reports(mailbox), () -> mailbox.put(new Event.Wake()));
    next = launched;
    return launched;
  }

  /** Runs the job to its end, beginning with the attempt that {@link #launch} made. */
  void run() {
    @Nullable Throwable failure;
    try {
      FinalFailures.rehearse();
      failure = attempts();
    } catch (Throwable e) {
      failure = e;
    }
    reserve.release();
    try {
      launcher.close();
    } catch (Throwable e) {
      failure = Failures.merge(failure, e);
    }
    // Whatever has happened: somebody waits for the end.
    outcome.over(failure == null ? null : FinalFailures.explained(failure));
  }

  /** Runs one attempt after the other; returns what failed the job. */
  private @Nullable Throwable attempts() {
    while (true) {
      @Nullable Throwable failure = superviseNext();
      outcome.ends();
      while (next == null) {
        if (failure == null || outcome.isCancelled() || FinalFailures.isFinal(failure)) {
          return failure;
        }
        OptionalLong delay = restarts.onFailure(failure, machine.clock().millis());
        if (delay.isEmpty()) {
          return restarts.firstCause();
        }
        LOG.warn("the job has failed and starts again in {} ms", delay.getAsLong(), failure);
        KillPoint.BACKING_OFF.hit();
        pause(delay.getAsLong());
        if (outcome.isCancelled()) {
          return null;
        }
        if (outcome.isStopping()) {
          // Nothing runs, and what was committed last is what a later run goes on from.
          outcome.stopped();
          return null;
        }
        try {
          launch();
        } catch (IOException | RuntimeException e) {
          failure = e;
          outcome.failed("", e);
        }
      }
    }
  }

  private @Nullable Throwable superviseNext() {
    Attempt attempt = next;
    next = null;
    return attempt == null ? null : supervise(attempt);
  }

  /** Runs an attempt until all its tasks have been closed; returns what failed it. */
  private @Nullable Throwable supervise(Attempt attempt) {
    Mailbox<Event> mailbox = events;
    takenAtBarrier = 0;
    outcome.begins(attempt);
    try {
      attempt.crew().start();
    } catch (RuntimeException | Error e) {
      // Not all of its threads run, so that nobody will say when the last of them has ended.
      attempt.stop();
      outcome.failed("", e);
      return e;
    }
    @Nullable Throwable failure = null;
    while (true) {
      boolean stopping = failure != null || outcome.isCancelled();
      try {
        // A task that is stopping may take its time: no checkpoint is due meanwhile.
        Event event = stopping ? mailbox.poll(STOPPING_MILLIS) : poll(mailbox, attempt);
        if (event instanceof Event.Ended) {
          break;
        }
        failure = after(event, attempt, failure);
        if (failure != null) {
          attempt.stop();
        }
      } catch (VirtualMachineError | LinkageError e) {
        // There may be no memory even to wait or to stop, nor to load a class. Tasks find that,
        // too, and end.
        failure = Failures.merge(failure, e);
        rest();
      }
    }
    release(attempt);
    return failure;
  }

  /** Waits a little, for nothing. */
  private static void rest() {
    LockSupport.parkNanos(RESTING_NANOS);
  }

  /** Does what an event asks for; returns what has failed the attempt until now. */
  private @Nullable Throwable after(
      @Nullable Event event, Attempt attempt, @Nullable Throwable before) {
    @Nullable Throwable failure = before;
    try {
      if (event instanceof Event.Failed failed) {
        failure = Failures.merge(failure, failed.cause());
        outcome.failed(failed.task(), failed.cause());
      } else if (failure == null && !outcome.isCancelled()) {
        failure = checkpoint(attempt, event);
        if (failure != null) {
          outcome.failed("", failure);
        }
        stopIfDone(attempt);
      }
    } catch (RuntimeException | VirtualMachineError | LinkageError e) {
      // There may be no memory to tell of a failure; the tasks must be stopped all the same.
      failure = Failures.merge(failure, e);
    }
    return failure;
  }

  private void stopIfDone(Attempt attempt) {
    CheckpointRounds rounds = attempt.rounds();
    if (rounds != null && rounds.hasStopped()) {
      outcome.stopped();
      attempt.stop();
    }
  }

  /** All tasks have been closed: nobody uses their state any more. */
  private static void release(Attempt attempt) {
    try {
      attempt.memory().close();
    } catch (IOException e) {
      LOG.warn("the working files of keyed state are left behind", e);
    }
  }

  private @Nullable Throwable checkpoint(Attempt attempt, @Nullable Event event) {
    CheckpointRounds rounds = attempt.rounds();
    if (rounds == null) {
      return null;
    }
    int committed = rounds.committed();
    long taken = attempt.metrics().total(TaskCounters.Name.RECORDS_IN);
    if (!rounds.isUnderWay()) {
      takenAtBarrier = taken;
    }
    try {
      if (event instanceof Event.Opened) {
        rounds.opened();
      }
      if (outcome.isStopping()) {
        rounds.stopWithNext();
      }
      rounds.onTick();
    } catch (RuntimeException | Error e) {
      // An error is final, but the tasks must be stopped and closed as after any other failure.
      return e;
    } finally {
      if (rounds.committed() > committed) {
        restarts.onCheckpoint(takenAtBarrier > 0, machine.clock().millis());
        // The next one may have begun at once.
        takenAtBarrier = taken;
      }
    }
    return null;
  }

  private @Nullable Event poll(Mailbox<Event> mailbox, Attempt attempt) {
    CheckpointRounds rounds = attempt.rounds();
    long next = rounds == null ? Long.MAX_VALUE : rounds.nextMillis();
    long wait =
        next == Long.MAX_VALUE
            ? LONGEST_WAIT_MILLIS
            : Math.min(LONGEST_WAIT_MILLIS, Math.max(0, next - machine.clock().millis()));
    return mailbox.poll(wait);
  }

  /** Waits until it is time to start again, or somebody wakes. */
  private void pause(long millis) {
    Mailbox<Event> mailbox = machine.mailbox();
    events = mailbox;
    if (!outcome.isCancelled() && !outcome.isStopping()) {
      mailbox.poll(millis);
    }
  }

  /** Something has changed that the job's thread should look at. Any thread. */
  void wake() {
    events.put(new Event.Wake());
  }

  /** What one attempt's crew reports. */
  private record Reports(Mailbox<Event> mailbox) implements Crew.Listener {
    @Override
    public void opened() {
      mailbox.put(new Event.Opened());
    }

    @Override
    public void failed(Task task, Throwable failure) {
      mailbox.put(new Event.Failed(task.name().toString(), failure));
    }

    @Override
    public void ended() {
      mailbox.put(new Event.Ended());
    }
  }
}
