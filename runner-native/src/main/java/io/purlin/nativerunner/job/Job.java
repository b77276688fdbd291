package io.purlin.nativerunner.job;

import io.purlin.nativerunner.job.watch.JobWatch;
import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.metrics.TaskCounters;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.sink.JobSinks;
import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.JobView.Status;
import io.purlin.sdk.connector.SinkException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.MetricResults;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan, with as many attempts as its restart strategy allows.
 *
 * <p>Any thread may ask and cancel. The first failure of a task stops all others and is kept; later
 * ones are added to it as suppressed. The job has ended when every task has been closed and no
 * attempt follows.
 */
public final class Job {
  private final CountDownLatch end = new CountDownLatch(1);
  private final Object lock = new Object();
  private final boolean checkpointed;
  private final JobWatch watch;
  private Runnable beforeEnd = () -> {};
  private Runnable onEnd = () -> {};
  private JobState state = JobState.RUNNING;
  private boolean stopping;
  private boolean draining;
  private JobMetrics metrics;
  private @Nullable Throwable failure;

  /** Null once the job has ended: whoever still asks for its result keeps none of its data. */
  private @Nullable Supervisor supervisor;

  /** The attempt that runs or is about to; null while there is none. */
  private @Nullable Attempt current;

  /**
   * Wires a plan's tasks; nothing runs yet.
   *
   * @param plan what to run
   * @param sideInputs where steps that write and read side inputs meet
   * @param sinks steps that connectors run
   * @param settings how to run it
   * @throws IllegalArgumentException when a source cannot be split or sinks do not go together
   * @throws SinkException when a sink's external system cannot be used
   * @throws UncheckedIOException when the checkpoint that it starts from cannot be read
   */
  public Job(ExecutionPlan plan, SideInputStore sideInputs, JobSinks sinks, JobSettings settings) {
    checkpointed = settings.checkpointing() != null;
    watch = new JobWatch(frame(plan, settings), sinks, settings.machine().clock());
    Launch launch = new Launch(plan, sideInputs, sinks, settings, watch);
    Supervisor begun =
        new Supervisor(
            launch, new Watch(), new RestartStrategy(settings.restarts()), settings.machine());
    boolean launched = false;
    Attempt first;
    try {
      first = begun.launch();
      launched = true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      if (!launched) {
        launch.close();
      }
    }
    supervisor = begun;
    current = first;
    metrics = first.metrics();
  }

  private static JobWatch.Frame frame(ExecutionPlan plan, JobSettings settings) {
    JobSettings.Checkpointing checkpointing = settings.checkpointing();
    return new JobWatch.Frame(
        settings.options().getJobName(),
        plan,
        settings.maxParallelism(),
        checkpointing == null ? null : checkpointing.settings());
  }

  /** Starts the tasks. Called once. */
  public void start() {
    Thread thread = new Thread(this::run, "purlin job");
    thread.setDaemon(true);
    thread.start();
  }

  /** Whether it takes checkpoints, from which another run can go on. */
  boolean isCheckpointed() {
    return checkpointed;
  }

  /**
   * Starts the tasks and is the job's thread until the job has ended. Instead of {@link #start}.
   */
  public void run() {
    @Nullable Supervisor begun;
    synchronized (lock) {
      begun = supervisor;
    }
    if (begun == null) {
      throw new IllegalStateException("the job has ended");
    }
    begun.run();
  }

  /** Where the job stands. */
  public JobState state() {
    synchronized (lock) {
      return state;
    }
  }

  /** What failed the job; null while or when nothing did. */
  public @Nullable Throwable failure() {
    synchronized (lock) {
      return failure;
    }
  }

  /** The job and its tasks as they stand. Waits for none of them. */
  public JobView view() {
    JobView.Status status;
    synchronized (lock) {
      status = state == JobState.RUNNING && current == null ? Status.RESTARTING : state.status();
    }
    return watch.view(status);
  }

  /** User metrics as they stand. */
  public MetricResults metrics() {
    synchronized (lock) {
      return metrics.results();
    }
  }

  /** What the engine has counted in all tasks of the latest attempt. */
  public Map<TaskCounters.Name, Long> counters() {
    synchronized (lock) {
      return metrics.totals();
    }
  }

  /** Stops the job where it is; without effect when it is ending already. Returns at once. */
  public void cancel() {
    @Nullable Attempt attempt;
    synchronized (lock) {
      if (state != JobState.RUNNING) {
        return;
      }
      state = state.to(JobState.CANCELLING);
      attempt = current;
    }
    if (attempt != null) {
      attempt.stop();
    }
    wake();
  }

  private void wake() {
    @Nullable Supervisor running;
    synchronized (lock) {
      running = supervisor;
    }
    if (running != null) {
      running.wake();
    }
  }

  /**
   * Stops the job as soon as a checkpoint holds all that it has done until now; a job without
   * checkpoints stops where it is. Returns at once.
   */
  public void stopWithCheckpoint() {
    if (!checkpointed) {
      cancel();
      return;
    }
    synchronized (lock) {
      stopping = true;
    }
    wake();
  }

  /**
   * Ends the sources where they stand, so that all windows close and the job comes to its end.
   * Returns at once.
   */
  public void drain() {
    @Nullable Attempt attempt;
    synchronized (lock) {
      draining = true;
      attempt = current;
    }
    if (attempt != null) {
      attempt.crew().drain();
    }
  }

  /** Calls {@code action} when the job has ended, on its thread. Before {@link #start}. */
  public void onEnd(Runnable action) {
    onEnd = action;
  }

  /**
   * Calls {@code action} when nothing of the job runs any more, on its thread, before those go on
   * who wait for its end. It must not throw. Before {@link #start}.
   */
  public void beforeEnd(Runnable action) {
    beforeEnd = action;
  }

  /** Waits until the job has ended. */
  public JobState awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return state();
  }

  /** Waits at most {@code millis}; whether the job has ended. */
  public boolean awaitEnd(long millis) {
    try {
      return end.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Keeps the job's state by what its supervisor says. */
  private final class Watch implements Supervisor.Outcome {
    @Override
    public boolean isCancelled() {
      synchronized (lock) {
        return state == JobState.CANCELLING;
      }
    }

    @Override
    public boolean isStopping() {
      synchronized (lock) {
        return stopping;
      }
    }

    @Override
    public void stopped() {
      synchronized (lock) {
        state = state == JobState.RUNNING ? state.to(JobState.CANCELLING) : state;
      }
    }

    @Override
    public void begins(Attempt attempt) {
      boolean cancelled;
      synchronized (lock) {
        current = attempt;
        metrics = attempt.metrics();
        cancelled = state == JobState.CANCELLING;
        if (draining) {
          attempt.crew().drain();
        }
      }
      if (cancelled) {
        attempt.stop();
      }
    }

    @Override
    public void failed(String task, Throwable cause) {
      watch.failed(task, cause);
    }

    @Override
    public void ends() {
      synchronized (lock) {
        current = null;
      }
    }

    @Override
    public void over(@Nullable Throwable cause) {
      try {
        synchronized (lock) {
          failure = cause;
          supervisor = null;
          if (cause != null) {
            state = state.to(JobState.FAILED);
          } else {
            state = state.to(state == JobState.CANCELLING ? JobState.CANCELLED : JobState.DONE);
          }
          watch.over(state.status());
        }
        beforeEnd.run();
      } finally {
        // Where there is no memory for a last view, those who wait must hear of that.
        end.countDown();
        onEnd.run();
      }
    }
  }
}
