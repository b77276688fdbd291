package io.purlin.conformance.crash;

import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.NioCheckpointFiles;
import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.RestartStrategy;
import io.purlin.nativerunner.job.directory.DirectoryCheckpoints;
import io.purlin.nativerunner.task.TaskLimits;
import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.SystemClock;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.state.StateMemory;
import io.purlin.state.cold.ColdCopy;
import io.purlin.state.cold.ColdSettings;
import io.purlin.state.cold.ColdStore;
import io.purlin.state.cold.RocksDbPreset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The runs of one pipeline, one after the other. Used by one thread. */
final class Runs {
  private static final long INTERVAL_MILLIS = 20;
  private static final String JOB_NAME = "crashing";

  /** So few that segments of a few cells go by files of their own. */
  private static final int ON_HEAP_BYTES = 512;

  private final NativePipelineOptions options;
  private final boolean stepped;
  private final CrashSchedule schedule;
  private final CrashingStore.Progress progress = new CrashingStore.Progress();
  private final Clock clock = new SystemClock();
  private int crashes;

  /** Makes the job of one run. */
  interface Jobs {
    Job make(int parallelism, JobSettings settings, Pace pace);
  }

  /**
   * @param stepped whether one thread steps all tasks
   */
  Runs(NativePipelineOptions options, boolean stepped, CrashSchedule schedule) {
    this.options = options;
    this.stepped = stepped;
    this.schedule = schedule;
  }

  /**
   * Runs until a run ends in another way than by an injected crash.
   *
   * @param timeoutMillis of all runs together
   * @return the last run's job
   * @throws AssertionError when they take longer
   */
  Job run(Jobs jobs, long timeoutMillis) {
    try {
      Path directory = Files.createTempDirectory("purlin-crashes");
      try {
        return run(jobs, directory, clock.millis() + timeoutMillis);
      } finally {
        delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Job run(Jobs jobs, Path directory, long deadlineMillis) throws IOException {
    while (true) {
      Pace pace =
          new Pace(
              schedule,
              crashes < schedule.crashes().size() ? schedule.crashes().get(crashes) : null);
      Job job = jobs.make(schedule.parallelism().get(crashes), settings(directory, pace), pace);
      job.start();
      if (!job.awaitEnd(Math.max(1, deadlineMillis - clock.millis()))) {
        job.cancel();
        throw new AssertionError("the pipeline did not end in time, after " + this);
      }
      Throwable failure = job.failure();
      if (failure == null || !InjectedCrash.is(failure)) {
        return job;
      }
      crashes++;
    }
  }

  private JobSettings settings(Path directory, Pace pace) throws IOException {
    DirectoryCheckpoints store =
        new DirectoryCheckpoints(
            JobDirectory.open(new NioCheckpointFiles(), directory, JOB_NAME, ON_HEAP_BYTES),
            options.getMaxParallelism(),
            clock);
    return new JobSettings(
        options,
        stepped,
        options.getMaxParallelism(),
        options.getBuffersPerChannel(),
        new TaskLimits(
            options.getMaxBundleSize(),
            options.getMaxBundleTimeMills(),
            options.getBufferTimeoutMillis(),
            options.getAutoWatermarkInterval()),
        new JobSettings.Checkpointing(
            new CrashingStore(store, pace, progress),
            new CheckpointSettings(INTERVAL_MILLIS, 60_000, 0, 0, 1),
            true,
            false),
        RestartStrategy.Settings.NONE,
        before -> memory(before, directory.resolve("state")));
  }

  /**
   * Of three runs two have no room on the heap, so that state beyond it is taken over, is read from
   * a copy, and is begun anew.
   */
  private StateMemory memory(@Nullable ColdCopy before, Path work) throws IOException {
    ColdSettings settings = new ColdSettings(work, 8 << 20, RocksDbPreset.LOW_MEMORY);
    ColdStore store = before == null ? new ColdStore(settings) : ColdStore.of(settings, before);
    return crashes % 3 < 2 ? StateMemory.limited(1, store) : StateMemory.unlimited(store);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  @Override
  public String toString() {
    return crashes
        + " of "
        + schedule
        + ", commits "
        + progress.commits()
        + ", restores "
        + progress.restores();
  }
}
