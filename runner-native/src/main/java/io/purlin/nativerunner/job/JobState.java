package io.purlin.nativerunner.job;

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
  RUNNING(PipelineResult.State.RUNNING),
  /** Tasks were told to stop; some may still run. */
  CANCELLING(PipelineResult.State.RUNNING),
  /** Every task came to its end. */
  DONE(PipelineResult.State.DONE),
  /** A task failed; all have stopped. */
  FAILED(PipelineResult.State.FAILED),
  /** All tasks have stopped before their end because somebody asked for it. */
  CANCELLED(PipelineResult.State.CANCELLED);

  private final PipelineResult.State beam;

  JobState(PipelineResult.State beam) {
    this.beam = beam;
  }

  /** The state as Beam names it. */
  public PipelineResult.State beam() {
    return beam;
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
