package io.purlin.nativerunner;

import io.purlin.nativerunner.plan.ExecutionPlan;
import io.purlin.nativerunner.plan.draw.PlanFormat;
import io.purlin.sdk.NativePipelineOptions;
import io.purlin.sdk.secret.Secrets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.runners.core.metrics.MetricsContainerStepMap;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.MetricResults;
import org.joda.time.Duration;

/** The result of a pipeline whose plan was shown and which did not run. Immutable. */
final class ExplainedResult implements PipelineResult {
  private ExplainedResult() {}

  /**
   * Shows the plan as the options say.
   *
   * @throws UncheckedIOException naming the file that it cannot be written to
   */
  static ExplainedResult of(ExecutionPlan plan, NativePipelineOptions options) {
    String plain = PlanFormat.named(options.getExplainFormat()).of(plan);
    // Names of steps are what users make them of, such as the address that is read.
    String text = Secrets.of(OptionsText.of(options)).maskedValues(plain);
    String file = options.getExplainOutput();
    if (file == null) {
      System.out.print(text);
      System.out.flush();
      return new ExplainedResult();
    }
    try {
      Files.writeString(Path.of(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException("--explainOutput=" + file + " cannot be written: " + e, e);
    }
    return new ExplainedResult();
  }

  @Override
  public State getState() {
    return State.DONE;
  }

  @Override
  public State cancel() {
    return State.DONE;
  }

  @Override
  public State waitUntilFinish(Duration duration) {
    return State.DONE;
  }

  @Override
  public State waitUntilFinish() {
    return State.DONE;
  }

  @Override
  public MetricResults metrics() {
    // Programs that report when they are done may still do so.
    return MetricsContainerStepMap.asAttemptedOnlyMetricResults(new MetricsContainerStepMap());
  }
}
