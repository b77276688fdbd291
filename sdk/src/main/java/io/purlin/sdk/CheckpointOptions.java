package io.purlin.sdk;

import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.PipelineOptions;
import org.jspecify.annotations.Nullable;

/**
 * How a job survives failures: its checkpoints, what it starts from, and when it starts again.
 * Names are those of Beam's FlinkRunner and of Flink where these have the same thing.
 */
public interface CheckpointOptions extends PipelineOptions {
  /**
   * A value of {@code resume}: go on from the newest committed checkpoint that an earlier run of
   * the job has left, if there is one.
   */
  String RESUME_AUTO = "auto";

  /**
   * A value of {@code resume}: begin at the beginning; what earlier runs left is deleted with the
   * first new checkpoint.
   */
  String RESUME_NEVER = "never";

  /** What decides whether a job that failed starts again; see the option. */
  enum Restart {
    /** The first failure ends the job. */
    none,
    /** A number of starts, each after the same delay. */
    fixed_delay,
    /** Delays that grow. */
    exponential_delay,
    /** As long as there are not too many failures within a time. */
    failure_rate
  }

  /**
   * Time between checkpoints.
   *
   * <p>The name is shared with Beam's FlinkRunner, and Beam wants one default for one name; KafkaIO
   * knows it, too. So the declared default is that runner's, and says that the runner decides.
   */
  @Description(
      "Milliseconds from the beginning of one checkpoint to that of the next, at least 1; 0: no"
          + " checkpoints; -1: 1000 for a pipeline with an unbounded source, else none. With"
          + " checkpoints, Kafka sinks write exactly once, visible to readers of committed records"
          + " after each checkpoint.")
  @Default.Long(-1)
  Long getCheckpointingInterval();

  /** Sets the time between checkpoints. */
  void setCheckpointingInterval(Long value);

  /** Where checkpoints are kept. */
  @Description(
      "Directory of checkpoints; each job has one of its own name in it, so give the job a"
          + " --jobName that stays. Default: purlin/checkpoints in the user's state directory"
          + " ($XDG_STATE_HOME or ~/.local/state).")
  @Nullable String getCheckpointDir();

  /** Sets where checkpoints are kept. */
  void setCheckpointDir(@Nullable String value);

  /** How many checkpoints are kept. */
  @Description("Committed checkpoints that are kept, at least 1.")
  @Default.Integer(1)
  Integer getNumRetainedCheckpoints();

  /** Sets how many checkpoints are kept. */
  void setNumRetainedCheckpoints(Integer value);

  /** How long a checkpoint may take. */
  @Description(
      "Milliseconds after which a checkpoint that is not complete is given up, at least 1. A job"
          + " with exactly-once sinks then starts again from the one before.")
  @Default.Long(600_000)
  Long getCheckpointTimeoutMillis();

  /** Sets how long a checkpoint may take. */
  void setCheckpointTimeoutMillis(Long value);

  /** Time without a checkpoint. */
  @Description(
      "Milliseconds from the end of one checkpoint to the beginning of the next, at least 0.")
  @Default.Long(0)
  Long getMinPauseBetweenCheckpoints();

  /** Sets the time without a checkpoint. */
  void setMinPauseBetweenCheckpoints(Long value);

  /** How many checkpoints in a row may fail. */
  @Description(
      "Checkpoints in a row that may be given up before the job fails, at least 0. With"
          + " exactly-once sinks the first one fails the job.")
  @Default.Integer(3)
  Integer getTolerableFailedCheckpoints();

  /** Sets how many checkpoints in a row may fail. */
  void setTolerableFailedCheckpoints(Integer value);

  /** What the job starts from. */
  @Description(
      "auto: go on from the newest committed checkpoint of a job of this name, if there is one;"
          + " never: begin at the beginning; anything else: the directory of a checkpoint, or of a"
          + " job with checkpoints, to go on from this once, such as an older one that was kept or"
          + " a copy. With Kafka sinks it must be the one that they committed last, or see"
          + " allowDuplicates.")
  @Default.String(RESUME_AUTO)
  String getResume();

  /** Sets what the job starts from. */
  void setResume(String value);

  /** Whether output may be written again. */
  @Description(
      "Go on from the checkpoint that --resume=<directory> names though sinks have committed output"
          + " behind it, which is then written again; without, such a start is refused.")
  @Default.Boolean(false)
  Boolean getAllowDuplicates();

  /** Sets whether output may be written again. */
  void setAllowDuplicates(Boolean value);

  /** Whether state of steps that are gone is dropped. */
  @Description(
      "Drop what a checkpoint holds of steps that the pipeline no longer has, instead of refusing"
          + " to start.")
  @Default.Boolean(false)
  Boolean getAllowNonRestoredState();

  /** Sets whether state of steps that are gone is dropped. */
  void setAllowNonRestoredState(Boolean value);

  /** What a job does when its process is told to end. */
  @Description(
      "When the process is told to end (SIGTERM): end the sources where they stand, close all"
          + " windows and finish, instead of stopping with a checkpoint from which the next run"
          + " goes on. A splittable DoFn without an end is given up where it has no"
          + " @TruncateRestriction. A job that was drained reads nothing when it is run again.")
  @Default.Boolean(false)
  Boolean getDrain();

  /** Sets what a job does when its process is told to end. */
  void setDrain(Boolean value);

  /** When a job that failed starts again. */
  @Description(
      "What a job with checkpoints does when it fails: none: ends; fixed_delay: starts again"
          + " --restartAttempts times; exponential_delay: starts again after delays that grow;"
          + " failure_rate: starts again unless it failed more than --restartAttempts times within"
          + " --restartIntervalMillis. The same failure four times in a row, without a checkpoint"
          + " between, always ends it. A job without checkpoints ends.")
  @Default.Enum("exponential_delay")
  Restart getRestartStrategy();

  /** Sets when a job that failed starts again. */
  void setRestartStrategy(Restart value);

  /** How often a job starts again. */
  @Description("Starts, or failures within the interval, that are allowed; at least 1.")
  @Default.Integer(10)
  Integer getRestartAttempts();

  /** Sets how often a job starts again. */
  void setRestartAttempts(Integer value);

  /** How long a job waits before it starts again. */
  @Description(
      "Milliseconds before a job starts again, the first of them if they grow; at least 0.")
  @Default.Long(1000)
  Long getRestartDelayMillis();

  /** Sets how long a job waits before it starts again. */
  void setRestartDelayMillis(Long value);

  /** How long a job waits at most before it starts again. */
  @Description("Milliseconds that growing delays do not exceed; at least restartDelayMillis.")
  @Default.Long(60_000)
  Long getRestartMaxDelayMillis();

  /** Sets how long a job waits at most before it starts again. */
  void setRestartMaxDelayMillis(Long value);

  /** The time in which failures count together. */
  @Description(
      "Milliseconds in which failures count together (failure_rate), or without a failure after"
          + " which growing delays begin anew (exponential_delay); at least 1.")
  @Default.Long(600_000)
  Long getRestartIntervalMillis();

  /** Sets the time in which failures count together. */
  void setRestartIntervalMillis(Long value);
}
