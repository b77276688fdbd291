package io.purlin.nativerunner;

import io.purlin.nativerunner.beam.BeamVersion;
import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.job.JobSettings;
import io.purlin.nativerunner.job.Preload;
import io.purlin.nativerunner.job.StopOnShutdown;
import io.purlin.nativerunner.metrics.MetricsPush;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.progress.Progress;
import io.purlin.nativerunner.translate.PipelineTranslator;
import io.purlin.nativerunner.web.WebServer;
import io.purlin.sdk.NativePipelineOptions;
import java.util.OptionalInt;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsValidator;
import org.apache.beam.sdk.util.ReleaseInfo;
import org.jspecify.annotations.Nullable;

/**
 * Runs a Beam pipeline in this JVM.
 *
 * <p>{@link #run} translates and plans the pipeline, starts its tasks and returns; the result says
 * how it ends. Options: {@link NativePipelineOptions}.
 */
public final class NativeRunner extends PipelineRunner<PipelineResult> {
  private final NativePipelineOptions options;

  private NativeRunner(NativePipelineOptions options) {
    this.options = options;
  }

  /**
   * Makes a runner; called by Beam through reflection.
   *
   * @throws IllegalArgumentException naming each option that is out of its range, or Beam's version
   *     when it is not one that this build runs with
   */
  public static NativeRunner fromOptions(PipelineOptions options) {
    BeamVersion.check(ReleaseInfo.getReleaseInfo().getVersion());
    NativePipelineOptions checked =
        PipelineOptionsValidator.validate(NativePipelineOptions.class, options);
    OptionRanges.check(checked);
    Preload.begin(StateBackend.isRocksDb(checked));
    return new NativeRunner(checked);
  }

  /**
   * Starts a pipeline.
   *
   * @throws UnsupportedOperationException naming the transform and the feature of the pipeline that
   *     cannot be run; then nothing has been started
   * @throws java.io.UncheckedIOException when the port that the options name is in use, for
   *     example; then nothing has been started, either
   * @throws IllegalArgumentException when the memory that was asked for is not there, saying what
   *     to change; nor has anything been started then
   */
  @Override
  public PipelineResult run(Pipeline pipeline) {
    MetricsEnvironment.setMetricsSupported(true);
    PipelineTranslator.Translation translation = PipelineTranslator.translate(pipeline, options);
    ExecutionPlan plan =
        ChainPlanner.plan(
            translation.graph(),
            new PlanOptions(options.getParallelism(), options.getOperatorChaining()));
    if (options.getExplain()) {
      return ExplainedResult.of(plan, options);
    }
    ProcessMemory.check(plan, options);
    WebServer web = WebServer.of(options);
    boolean started = false;
    try {
      Job job = start(plan, translation, web);
      started = true;
      return new NativePipelineResult(
          job, web == null ? OptionalInt.empty() : OptionalInt.of(web.port()));
    } finally {
      if (!started && web != null) {
        web.close();
      }
    }
  }

  private Job start(
      ExecutionPlan plan, PipelineTranslator.Translation translation, @Nullable WebServer web) {
    MetricsPush push = MetricsPush.of(options.as(MetricsOptions.class));
    JobSettings settings = new JobConfiguration(options, translation).settings();
    Job job = new Job(plan, translation.sideInputs(), translation.sinks(), settings);
    StopOnShutdown.watch(job, options.getDrain());
    Runnable lastPush = push.begin(job::metrics);
    if (web != null) {
      web.serve(new WatchedJob(job, OptionsText.of(options)));
    }
    Runnable lastLook = Progress.begin(options, translation.unbounded(), job::view);
    job.beforeEnd(
        () -> {
          lastLook.run();
          lastPush.run();
          if (web != null) {
            web.close();
          }
        });
    job.start();
    return job;
  }
}
