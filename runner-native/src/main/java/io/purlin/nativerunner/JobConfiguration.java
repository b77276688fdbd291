package io.purlin.nativerunner;

import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.NioCheckpointFiles;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.RestartStrategy;
import io.purlin.nativerunner.job.directory.DirectoryCheckpoints;
import io.purlin.nativerunner.task.TaskLimits;
import io.purlin.nativerunner.time.SystemClock;
import io.purlin.nativerunner.translate.PipelineTranslator.Translation;
import io.purlin.sdk.CheckpointOptions;
import io.purlin.sdk.NativePipelineOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a pipeline's options mean for its job. Immutable. */
final class JobConfiguration {
  private static final long DEFAULT_INTERVAL_MILLIS = 1_000;
  private static final double DELAY_GROWTH = 1.5;

  /** Names that Beam makes, of application, user, date and a random number. */
  private static final Pattern GENERATED_NAME = Pattern.compile(".*-[0-9]{10}-[0-9a-f]{1,8}");

  private static final Logger LOG = LoggerFactory.getLogger(JobConfiguration.class);

  private final NativePipelineOptions options;
  private final Translation translation;

  JobConfiguration(NativePipelineOptions options, Translation translation) {
    this.options = options;
    this.translation = translation;
  }

  /**
   * The settings of a job that is about to start; its checkpoints are locked from here on.
   *
   * @throws UncheckedIOException when they cannot be, because another run of the job has them, for
   *     example
   */
  JobSettings settings() {
    Long interval = interval();
    return new JobSettings(
        options,
        translation.testStream(),
        options.getMaxParallelism(),
        options.getBuffersPerChannel(),
        new TaskLimits(
            options.getMaxBundleSize(),
            options.getMaxBundleTimeMills(),
            options.getBufferTimeoutMillis(),
            options.getAutoWatermarkInterval()),
        interval == null ? null : checkpointing(interval),
        interval == null ? RestartStrategy.Settings.NONE : restarts(),
        StateBackend.of(options));
  }

  /** Milliseconds between checkpoints; null for a job without. */
  private @Nullable Long interval() {
    long asked = options.getCheckpointingInterval();
    if (asked >= 0) {
      return asked == 0 ? null : asked;
    }
    // A test stream stands for a test, which nobody continues after a crash.
    return translation.unbounded() && !translation.testStream() ? DEFAULT_INTERVAL_MILLIS : null;
  }

  private JobSettings.Checkpointing checkpointing(long intervalMillis) {
    String given = options.getCheckpointDir();
    Path directory = given == null ? defaultDirectory() : Path.of(given);
    if (GENERATED_NAME.matcher(options.getJobName()).matches()) {
      LOG.warn(
          "The job's name is generated: no later run will find its checkpoints in {}. Give it a"
              + " --jobName that stays.",
          directory);
    }
    try {
      return new JobSettings.Checkpointing(
          new DirectoryCheckpoints(
              JobDirectory.open(new NioCheckpointFiles(), directory, options.getJobName()),
              options.getMaxParallelism(),
              new SystemClock()),
          new CheckpointSettings(
              intervalMillis,
              options.getCheckpointTimeoutMillis(),
              options.getMinPauseBetweenCheckpoints(),
              options.getTolerableFailedCheckpoints(),
              options.getNumRetainedCheckpoints()),
          !options.getResume().equals(CheckpointOptions.RESUME_NEVER),
          options.getAllowNonRestoredState(),
          origin());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "checkpoints cannot be kept in " + directory + ": " + e.getMessage(), e);
    }
  }

  /** The checkpoint to go on from that the user has named; null for the job's own newest. */
  private JobSettings.@Nullable Origin origin() {
    String resume = options.getResume();
    return resume.equals(CheckpointOptions.RESUME_AUTO)
            || resume.equals(CheckpointOptions.RESUME_NEVER)
        ? null
        : new JobSettings.Origin(Path.of(resume), options.getAllowDuplicates());
  }

  private static Path defaultDirectory() {
    String state = System.getenv("XDG_STATE_HOME");
    Path home =
        state != null && !state.isEmpty()
            ? Path.of(state)
            : Path.of(System.getProperty("user.home"), ".local", "state");
    return home.resolve("purlin").resolve("checkpoints");
  }

  private RestartStrategy.Settings restarts() {
    RestartStrategy.Kind kind =
        switch (options.getRestartStrategy()) {
          case none -> RestartStrategy.Kind.NONE;
          case fixed_delay -> RestartStrategy.Kind.FIXED_DELAY;
          case exponential_delay -> RestartStrategy.Kind.EXPONENTIAL_DELAY;
          case failure_rate -> RestartStrategy.Kind.FAILURE_RATE;
        };
    return new RestartStrategy.Settings(
        kind,
        options.getRestartAttempts(),
        options.getRestartDelayMillis(),
        options.getRestartMaxDelayMillis(),
        DELAY_GROWTH,
        options.getRestartIntervalMillis());
  }
}
