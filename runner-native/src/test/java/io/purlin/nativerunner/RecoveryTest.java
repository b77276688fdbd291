package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Random;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A job that fails again and again, or is stopped and started with another parallelism, comes to
 * the results of one that does not.
 */
class RecoveryTest {
  private static final long NUMBERS = RecoveryPipeline.NUMBERS;

  private final PipelineTranslator.Translation translation = translate();

  @BeforeEach
  void calm() {
    RecoveryPipeline.UNTIL_FAILURE.set(Long.MAX_VALUE);
    RecoveryPipeline.FAILURES.set(0);
    RecoveryPipeline.COMMITTED.set(false);
    RepeatingSource.ALLOWED.set(NUMBERS / 5);
  }

  @AfterEach
  void free() {
    RepeatingSource.ALLOWED.set(Long.MAX_VALUE);
  }

  /** A checkpoint lets the source go on, so that there are at least ten before its end. */
  private static void onCommit() {
    RecoveryPipeline.COMMITTED.set(true);
    RepeatingSource.ALLOWED.addAndGet(NUMBERS / 5);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 4"})
  void failingTasksLoseAndDoubleNothing(long seed, int parallelism) {
    Random random = new Random(seed);
    MemoryCheckpoints checkpoints = new MemoryCheckpoints(RecoveryTest::onCommit);
    RecoveryPipeline.Failing.everySoOften(random, 4);
    Job job = job(parallelism, checkpoints);
    job.start();

    assertThat(job.awaitEnd()).as(() -> String.valueOf(job.failure())).isEqualTo(JobState.DONE);
    assertThat(RecoveryPipeline.FAILURES.get()).isGreaterThanOrEqualTo(4);
    assertThat(checkpoints.restores()).isPositive();
    assertCounted(job);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "2, 1, 3", "3, 4, 2"})
  void aJobThatIsStoppedGoesOnWithAnotherParallelism(long seed, int before, int after) {
    MemoryCheckpoints checkpoints = new MemoryCheckpoints(RecoveryTest::onCommit);
    RecoveryPipeline.UNTIL_FAILURE.set(3_000);
    RecoveryPipeline.Failing.once();
    JobSettings once = settings(checkpoints, RestartStrategy.Settings.NONE);
    Job first = job(before, once);
    first.start();
    assertThat(first.awaitEnd()).isEqualTo(JobState.FAILED);
    assertThat(checkpoints.commits()).isPositive();

    Job second = job(after, checkpoints);
    second.start();
    assertThat(second.awaitEnd())
        .as(() -> String.valueOf(second.failure()))
        .isEqualTo(JobState.DONE);
    assertThat(checkpoints.restores()).isPositive();
    assertCounted(second);
  }

  @ParameterizedTest
  @CsvSource({"1", "2"})
  void aJobThatIsToldToStopRepeatsNothingLater(int parallelism) {
    MemoryCheckpoints checkpoints = new MemoryCheckpoints(() -> {});
    Job first = job(parallelism, checkpoints);
    first.start();
    first.stopWithCheckpoint();
    assertThat(first.awaitEnd()).isEqualTo(JobState.CANCELLED);
    assertThat(checkpoints.commits()).isPositive();

    RepeatingSource.ALLOWED.set(Long.MAX_VALUE);
    Job second = job(parallelism, checkpoints);
    second.start();
    assertThat(second.awaitEnd()).isEqualTo(JobState.DONE);
    assertCounted(second);
  }

  private static void assertCounted(Job job) {
    MetricsFilter filter =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(RecoveryPipeline.class, "seen"))
            .build();
    Iterable<MetricResult<Long>> seen = job.metrics().queryMetrics(filter).getCounters();
    assertThat(seen)
        .singleElement()
        .satisfies(n -> assertThat(n.getCommitted()).isEqualTo(NUMBERS));
    MetricsFilter asserts =
        MetricsFilter.builder()
            .addNameFilter(MetricNameFilter.named(PAssert.class, PAssert.SUCCESS_COUNTER))
            .build();
    long sum = 0;
    for (MetricResult<Long> each : job.metrics().queryMetrics(asserts).getCounters()) {
      sum += each.getCommitted();
    }
    assertThat(sum).isEqualTo(5);
  }

  private static JobSettings settings(
      MemoryCheckpoints checkpoints, RestartStrategy.Settings restarts) {
    return new JobSettings(
        PipelineOptionsFactory.create(),
        false,
        128,
        8,
        new TaskLimits(100, 1_000, 10, 0),
        new JobSettings.Checkpointing(
            checkpoints, new CheckpointSettings(3, 60_000, 0, 0, 1), true, false),
        restarts,
        JobSettings.Memory.HEAP);
  }

  private Job job(int parallelism, MemoryCheckpoints checkpoints) {
    return job(
        parallelism,
        settings(
            checkpoints,
            new RestartStrategy.Settings(RestartStrategy.Kind.FIXED_DELAY, 1_000, 0, 0, 2, 1_000)));
  }

  private Job job(int parallelism, JobSettings settings) {
    return new Job(
        ChainPlanner.plan(translation.graph(), new PlanOptions(parallelism, true)),
        translation.sideInputs(),
        translation.sinks(),
        settings);
  }

  // Once for each test: PAssert gives its steps new names in every pipeline.
  private static PipelineTranslator.Translation translate() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    return PipelineTranslator.translate(RecoveryPipeline.pipeline(options), options);
  }
}
