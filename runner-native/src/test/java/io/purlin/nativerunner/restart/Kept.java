package io.purlin.nativerunner.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.NativeRunner;
import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.checkpoint.storage.JobDirectory;
import io.purlin.nativerunner.checkpoint.storage.NioCheckpointFiles;
import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.JobState;
import io.purlin.nativerunner.job.RestartStrategy;
import io.purlin.nativerunner.job.directory.DirectoryCheckpoints;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.task.TaskLimits;
import io.purlin.nativerunner.time.SystemClock;
import io.purlin.nativerunner.translate.PipelineTranslator;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.sdk.connector.Connector;
import io.purlin.sdk.connector.SinkTransform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/**
 * One job after the other over checkpoints in a directory. Each reads a further stretch of {@link
 * Ticks} and is stopped, or comes to its end. Owned by the test.
 */
final class Kept {
  private static final int RETAINED = 3;
  private static final int RESTARTS = 3;

  /** What a step says that fails on purpose. */
  static final String STUMBLES = "stumbles at ";

  private final Path root;
  private final Consumer<Pipeline> build;
  private final @Nullable MarkedSink sink;
  private JobSettings.Memory memory = JobSettings.Memory.HEAP;
  private int parallelism = 2;

  /**
   * @param root under which the job has its directory
   * @param build makes the pipeline
   * @param sink what commits with the checkpoints; null: nothing does
   */
  Kept(Path root, Consumer<Pipeline> build, @Nullable MarkedSink sink) {
    this.root = root;
    this.build = build;
    this.sink = sink;
  }

  /** The following jobs have their state in another place, and another number of tasks. */
  void becomes(JobSettings.Memory other, int tasks) {
    memory = other;
    parallelism = tasks;
  }

  /** Whether the newest checkpoint has a file whose name begins so. */
  boolean has(String start) {
    try (Stream<Path> files = Files.list(newest())) {
      return files.anyMatch(each -> String.valueOf(each.getFileName()).startsWith(start));
    } catch (IOException | UncheckedIOException e) {
      // It was deleted while it was listed: a newer one is there.
      return false;
    }
  }

  /** The number of the copy of state that the newest checkpoint has; -1 when it has none. */
  long copy() {
    try (Stream<Path> files = Files.list(newest())) {
      return files
          .map(each -> String.valueOf(each.getFileName()))
          .filter(each -> each.startsWith("copy-"))
          .mapToLong(each -> Long.parseLong(each.substring("copy-".length(), each.indexOf('.'))))
          .findAny()
          .orElse(-1);
    } catch (IOException | UncheckedIOException e) {
      // As above.
      return -1;
    }
  }

  /** The job's directory. */
  Path job() {
    return root.resolve("kept");
  }

  /** The directory of its newest checkpoint. */
  Path newest() throws IOException {
    return job().resolve("chk-" + newestNumber());
  }

  private long newestNumber() throws IOException {
    if (!Files.exists(job())) {
      return 0;
    }
    try (Stream<Path> entries = Files.list(job())) {
      return entries
          .map(each -> String.valueOf(each.getFileName()))
          .filter(each -> each.startsWith("chk-"))
          .mapToLong(each -> Long.parseLong(each.substring("chk-".length())))
          .max()
          .orElse(0);
    }
  }

  /** Runs until each split has given {@code ticks}, at least three checkpoints, and stops then. */
  void runTo(long ticks, JobSettings.@Nullable Origin origin) throws IOException {
    runTo(ticks, origin, () -> true);
  }

  /** As above, and on until something else holds as well. */
  void runTo(long ticks, JobSettings.@Nullable Origin origin, BooleanSupplier enough)
      throws IOException {
    Ticks.FINALIZED.clear();
    Ticks.ALLOWED.set(ticks / 2);
    long before = newestNumber();
    Job job = start(origin);
    awaitNumber(job, before + 2);
    Ticks.ALLOWED.set(ticks);
    awaitNumber(job, newestNumber() + 2);
    while (!enough.getAsBoolean()) {
      assertThat(job.awaitEnd(5)).as(() -> String.valueOf(job.failure())).isFalse();
    }
    job.stopWithCheckpoint();
    assertThat(job.awaitEnd())
        .as(() -> String.valueOf(job.failure()))
        .isEqualTo(JobState.CANCELLED);
  }

  /**
   * Runs until there are {@code checkpoints} new ones and ends then, in order or at once; how far
   * it comes is left to it.
   */
  void runBriefly(long ticks, int checkpoints, boolean inOrder) throws IOException {
    Ticks.FINALIZED.clear();
    Ticks.ALLOWED.set(ticks);
    long before = newestNumber();
    Job job = start(null);
    awaitNumber(job, before + checkpoints);
    if (inOrder) {
      job.stopWithCheckpoint();
    } else {
      job.cancel();
    }
    if (job.awaitEnd() == JobState.FAILED) {
      // What stumbles while it is told to end does not start again.
      assertThat(job.failure()).hasStackTraceContaining(STUMBLES);
    } else {
      assertThat(job.awaitEnd()).isEqualTo(JobState.CANCELLED);
    }
  }

  private void awaitNumber(Job job, long number) throws IOException {
    while (newestNumber() < number) {
      assertThat(job.awaitEnd(5)).as(() -> String.valueOf(job.failure())).isFalse();
    }
  }

  /** Runs to the end of the source; returns what all runs have put out. */
  Map<String, Long> runToEnd(JobSettings.@Nullable Origin origin) throws IOException {
    Ticks.FINALIZED.clear();
    Ticks.ALLOWED.set(Long.MAX_VALUE);
    Job job = start(origin);
    assertThat(job.awaitEnd()).as(() -> String.valueOf(job.failure())).isEqualTo(JobState.DONE);
    return Outputs.of(job);
  }

  private Job start(JobSettings.@Nullable Origin origin) throws IOException {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setJobName("kept");
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline);
    PipelineTranslator.Translation translation = PipelineTranslator.translate(pipeline, options);
    MarkedSink marked = sink;
    if (marked != null) {
      Connector connector = marked;
      SinkTransform<?> transform = marked;
      translation.sinks().add(connector, transform);
    }
    JobSettings settings =
        new JobSettings(
            options,
            false,
            128,
            8,
            new TaskLimits(50, 1_000, 10, 0),
            new JobSettings.Checkpointing(
                new DirectoryCheckpoints(
                    JobDirectory.open(new NioCheckpointFiles(), root, "kept"),
                    128,
                    new SystemClock()),
                new CheckpointSettings(10, 60_000, 0, 0, RETAINED),
                true,
                false,
                origin),
            new RestartStrategy.Settings(
                RestartStrategy.Kind.FIXED_DELAY, RESTARTS, 0, 0, 2, 1_000),
            memory);
    Job job =
        new Job(
            ChainPlanner.plan(translation.graph(), new PlanOptions(parallelism, true)),
            translation.sideInputs(),
            translation.sinks(),
            settings);
    job.start();
    return job;
  }

  /** Copies a checkpoint's directory. */
  static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> files = Files.list(from)) {
      for (Path each : files.toList()) {
        Files.copy(each, to.resolve(each.getFileName()));
      }
    }
  }
}
