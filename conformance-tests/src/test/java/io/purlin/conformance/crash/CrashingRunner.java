package io.purlin.conformance.crash;

import io.purlin.nativerunner.graph.LogicalGraph;
import io.purlin.nativerunner.graph.Vertex;
import io.purlin.nativerunner.job.Job;
import io.purlin.nativerunner.plan.ChainPlanner;
import io.purlin.nativerunner.plan.PlanOptions;
import io.purlin.nativerunner.translate.PipelineTranslator;
import io.purlin.nativerunner.translate.PipelineTranslator.Translation;
import io.purlin.sdk.NativePipelineOptions;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.PipelineRunner;
import org.apache.beam.sdk.metrics.MetricsEnvironment;
import org.apache.beam.sdk.options.ApplicationNameOptions;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.testing.TestPipelineOptions;
import org.apache.beam.sdk.util.UserCodeException;
import org.jspecify.annotations.Nullable;

/**
 * Runs each pipeline to its end through crashes: a run that has crashed is followed by a new one,
 * with another parallelism, that finds the last committed checkpoint on disk. What user code throws
 * ends the pipeline, as it would without crashes.
 *
 * <p>The seed is that of system property {@value #SEED} and the test's name.
 */
public final class CrashingRunner extends PipelineRunner<PipelineResult> {
  /** The system property of the seed. */
  public static final String SEED = "conformance.crashSeed";

  private static final long DEFAULT_TIMEOUT_SECONDS = 60;

  private final NativePipelineOptions options;

  private CrashingRunner(NativePipelineOptions options) {
    this.options = options;
  }

  /** Called by Beam through reflection. */
  public static CrashingRunner fromOptions(PipelineOptions options) {
    return new CrashingRunner(options.as(NativePipelineOptions.class));
  }

  @Override
  public PipelineResult run(Pipeline pipeline) {
    MetricsEnvironment.setMetricsSupported(true);
    Translation translation = PipelineTranslator.translate(pipeline, options);
    String test = options.as(ApplicationNameOptions.class).getAppName();
    CrashSchedule schedule =
        CrashSchedule.of(31 * Long.getLong(SEED, 1) + String.valueOf(test).hashCode());
    Runs runs = new Runs(options, translation.testStream(), schedule);
    AtomicReference<@Nullable Pace> pace = new AtomicReference<>();
    LogicalGraph graph = paced(translation.graph(), pace);
    try {
      Job job =
          runs.run(
              (parallelism, settings, ofRun) -> {
                pace.set(ofRun);
                return new Job(
                    ChainPlanner.plan(graph, new PlanOptions(parallelism, true)),
                    translation.sideInputs(),
                    translation.sinks(),
                    settings);
              },
              timeoutMillis());
      Throwable failure = job.failure();
      if (failure != null) {
        throw thrown(failure);
      }
      return new EndedResult(job);
    } catch (RuntimeException | Error e) {
      e.addSuppressed(new InjectedCrash("crashes before this: " + runs));
      throw e;
    } finally {
      System.out.println("CRASHES " + test + " " + runs);
    }
  }

  private long timeoutMillis() {
    Long seconds = options.as(TestPipelineOptions.class).getTestTimeoutSeconds();
    return 1_000 * (seconds == null ? DEFAULT_TIMEOUT_SECONDS : seconds);
  }

  private static LogicalGraph paced(LogicalGraph graph, AtomicReference<@Nullable Pace> pace) {
    PacedSource.Paces paces =
        () -> {
          Pace now = pace.get();
          if (now == null) {
            throw new IllegalStateException("no run has begun");
          }
          return now;
        };
    return new LogicalGraph(
        graph.vertices().stream()
            .map(
                each ->
                    each instanceof Vertex.Source source
                        ? new Vertex.Source(
                            source.id(),
                            source.name(),
                            new PacedSource(source.factory(), paces),
                            source.single(),
                            source.chainHint())
                        : each)
            .toList(),
        graph.edges());
  }

  /** What the pipeline's author is to see of a failure. */
  private static RuntimeException thrown(Throwable failure) {
    Throwable found = failure;
    while (found instanceof UserCodeException && found.getCause() != null) {
      found = found.getCause();
    }
    if (found instanceof AssertionError failed) {
      throw failed;
    }
    return new Pipeline.PipelineExecutionException(found);
  }
}
