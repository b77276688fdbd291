package io.purlin.nativerunner.job;

import io.purlin.nativerunner.metrics.JobMetrics;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.task.Crew;
import io.purlin.nativerunner.task.Task;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.beam.sdk.metrics.MetricResults;
import org.jspecify.annotations.Nullable;

/**
 * One run of a plan.
 *
 * <p>Any thread may ask and cancel. The first failure of a task stops all others and is kept; later
 * ones are added to it as suppressed. The job has ended when every task has been closed.
 */
public final class Job {
  private final JobMetrics metrics;
  private final Crew crew;
  private final CountDownLatch end = new CountDownLatch(1);
  private final Object lock = new Object();
  private JobState state = JobState.RUNNING;
  private @Nullable Throwable failure;

  /**
   * Wires a plan's tasks; nothing runs yet.
   *
   * @param plan what to run
   * @param sideInputs where steps that write and read side inputs meet
   * @param settings how to run it
   * @throws IllegalArgumentException when a source cannot be split
   */
  public Job(ExecutionPlan plan, SideInputStore sideInputs, JobSettings settings) {
    JobWiring wiring = new JobWiring(plan, sideInputs, settings);
    metrics = wiring.metrics();
    crew = wiring.crew(new Watch());
  }

  /** Starts the tasks. Called once. */
  public void start() {
    crew.start();
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

  /** User metrics as they stand. */
  public MetricResults metrics() {
    return metrics.results();
  }

  /** Stops the job where it is; without effect when it is ending already. Returns at once. */
  public void cancel() {
    synchronized (lock) {
      if (state != JobState.RUNNING) {
        return;
      }
      state = state.to(JobState.CANCELLING);
    }
    crew.stop();
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

  /** Keeps the job's state by what its crew reports. */
  private final class Watch implements Crew.Listener {
    @Override
    public void failed(Task task, Throwable cause) {
      synchronized (lock) {
        failure = Crew.merge(failure, cause);
      }
      crew.stop();
    }

    @Override
    public void ended() {
      synchronized (lock) {
        if (failure != null) {
          state = state.to(JobState.FAILED);
        } else {
          state = state.to(state == JobState.CANCELLING ? JobState.CANCELLED : JobState.DONE);
        }
      }
      end.countDown();
    }
  }
}
