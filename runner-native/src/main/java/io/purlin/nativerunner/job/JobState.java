package io.purlin.nativerunner.job;

import io.purlin.nativerunner.view.JobView;
import java.util.EnumSet;
import java.util.Set;
import org.apache.beam.sdk.PipelineResult;

/**
 * The life of a job.
 *
 * <pre>
 * RUNNING --> DONE
 *    |   \--> FAILED
 *    v
 * CANCELLING --> CANCELLED
 * </pre>
 */
public enum JobState {
  /** Tasks run. */
  RUNNING(PipelineResult.State.RUNNING, JobView.Status.RUNNING),
  /** Tasks were told to stop; some may still run. */
  CANCELLING(PipelineResult.State.RUNNING, JobView.Status.CANCELLING),
  /** Every task came to its end. */
  DONE(PipelineResult.State.DONE, JobView.Status.FINISHED),
  /** A task failed; all have stopped. */
  FAILED(PipelineResult.State.FAILED, JobView.Status.FAILED),
  /** All tasks have stopped before their end because somebody asked for it. */
  CANCELLED(PipelineResult.State.CANCELLED, JobView.Status.CANCELED);

  private final PipelineResult.State beam;
  private final JobView.Status status;

  JobState(PipelineResult.State beam, JobView.Status status) {
    this.beam = beam;
    this.status = status;
  }

  /** The state as Beam names it. */
  public PipelineResult.State beam() {
    return beam;
  }

  /** The state as it is shown. */
  JobView.Status status() {
    return status;
  }

  /** Whether nothing changes any more. */
  public boolean isTerminal() {
    return beam.isTerminal();
  }

  /**
   * Moves on.
   *
   * @throws IllegalStateException if {@code next} cannot follow this state
   */
  JobState to(JobState next) {
    if (!successors().contains(next)) {
      throw new IllegalStateException("a job that is " + this + " cannot become " + next);
    }
    return next;
  }

  private Set<JobState> successors() {
    return switch (this) {
      case RUNNING -> EnumSet.of(DONE, FAILED, CANCELLING);
      case CANCELLING -> EnumSet.of(CANCELLED, FAILED, DONE);
      case DONE, FAILED, CANCELLED -> EnumSet.noneOf(JobState.class);
    };
  }
}
