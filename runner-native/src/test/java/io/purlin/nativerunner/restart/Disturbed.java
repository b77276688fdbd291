package io.purlin.nativerunner.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.NativeRunner;
import io.purlin.nativerunner.checkpoint.CheckpointSettings;
import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.JobState;
import io.purlin.nativerunner.job.RestartStrategy;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.task.TaskLimits;
import io.purlin.nativerunner.translate.PipelineTranslator;
import io.purlin.sdk.NativePipelineOptions;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.jspecify.annotations.Nullable;

/**
 * Runs a pipeline undisturbed, and through crashes with one parallelism after the other, and
 * compares what came out. In each parallelism it crashes twice: after the first crash the job
 * starts again by itself, the second one ends it, and a new job goes on.
 */
final class Disturbed {
  /** Elements that each split of {@link Ticks} should have. */
  static final long TICKS = 300;

  private final Consumer<Pipeline> build;

  /**
   * @param build makes the pipeline; its outputs go to {@link Outputs}
   */
  Disturbed(Consumer<Pipeline> build) {
    this.build = build;
  }

  /**
   * Compares the two ways to run.
   *
   * @param seed of the moments at which it crashes
   * @param parallelism of one job after the other
   * @return the outputs
   */
  Map<String, Long> comesToTheSame(long seed, int... parallelism) {
    Map<String, Long> undisturbed = undisturbed(parallelism[0]);
    assertThat(undisturbed).isNotEmpty();
    Map<String, Long> disturbed = disturbed(seed, parallelism);
    assertThat(without(disturbed, undisturbed))
        .as("seed " + seed)
        .isEqualTo(without(undisturbed, disturbed));
    return undisturbed;
  }

  private static Map<String, Long> without(Map<String, Long> all, Map<String, Long> others) {
    Map<String, Long> rest = new TreeMap<>(all);
    rest.entrySet().removeAll(others.entrySet());
    return rest;
  }

  private Map<String, Long> undisturbed(int parallelism) {
    Ticks.ALLOWED.set(Long.MAX_VALUE);
    Ticks.FINALIZED.clear();
    Job job = job(translate(), parallelism, null);
    job.start();
    assertThat(job.awaitEnd()).as(() -> String.valueOf(job.failure())).isEqualTo(JobState.DONE);
    return Outputs.of(job);
  }

  /**
   * Runs it through crashes alone.
   *
   * @param seed of the moments at which it crashes
   * @param parallelism of one job after the other
   * @return the outputs
   */
  Map<String, Long> disturbed(long seed, int... parallelism) {
    PipelineTranslator.Translation translation = translate();
    CrashingMemory checkpoints =
        new CrashingMemory(new Random(seed), 2 * parallelism.length, TICKS);
    Ticks.FINALIZED.clear();
    try {
      for (int i = 0; i < parallelism.length; i++) {
        Job job = job(translation, parallelism[i], checkpoints);
        job.start();
        assertThat(job.awaitEnd())
            .as(() -> "seed " + seed + ": " + job.failure())
            .isEqualTo(JobState.FAILED);
        assertThat(job.failure()).as("seed " + seed).isInstanceOf(CrashingMemory.Crash.class);
      }
      Job last = job(translation, parallelism[parallelism.length - 1], checkpoints);
      last.start();
      assertThat(last.awaitEnd())
          .as(() -> "seed " + seed + ": " + last.failure())
          .isEqualTo(JobState.DONE);
      assertThat(checkpoints.restores()).isEqualTo(2 * parallelism.length);
      return Outputs.of(last);
    } finally {
      Ticks.ALLOWED.set(Long.MAX_VALUE);
    }
  }

  private static Job job(
      PipelineTranslator.Translation translation,
      int parallelism,
      @Nullable CrashingMemory checkpoints) {
    JobSettings settings =
        new JobSettings(
            PipelineOptionsFactory.create(),
            translation.testStream(),
            128,
            8,
            new TaskLimits(50, 1_000, 10, 0),
            checkpoints == null
                ? null
                : new JobSettings.Checkpointing(
                    checkpoints, new CheckpointSettings(3, 60_000, 0, 0, 1), true, false),
            new RestartStrategy.Settings(RestartStrategy.Kind.FIXED_DELAY, 1, 0, 0, 2, 1_000),
            JobSettings.Memory.HEAP);
    return new Job(
        ChainPlanner.plan(translation.graph(), new PlanOptions(parallelism, true)),
        translation.sideInputs(),
        translation.sinks(),
        settings);
  }

  private PipelineTranslator.Translation translate() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    Pipeline pipeline = Pipeline.create(options);
    build.accept(pipeline);
    return PipelineTranslator.translate(pipeline, options);
  }
}
