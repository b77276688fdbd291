package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.metrics.MetricsSink;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsPushTest {
  private static final List<String> PUSHED = new CopyOnWriteArrayList<>();

  @BeforeEach
  void forget() {
    PUSHED.clear();
  }

  private static Pipeline pipeline(Class<? extends MetricsSink> sink) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.as(MetricsOptions.class).setMetricsSink(sink);
    // Longer than the test: what is seen was pushed at the end.
    options.as(MetricsOptions.class).setMetricsPushPeriod(3_600L);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(Create.of(1, 2, 3)).apply(ParDo.of(new Counting()));
    return pipeline;
  }

  @Test
  void theSinkHasTheLastStateBeforeThePipelineHasEnded() {
    assertThat(pipeline(Recording.class).run().waitUntilFinish())
        .isEqualTo(PipelineResult.State.DONE);

    assertThat(PUSHED).containsExactlyInAnyOrder("elements 3", "metric:element_count:v1 3");
  }

  @Test
  void aSinkThatFailsFailsNothingElse() {
    assertThat(pipeline(Failing.class).run().waitUntilFinish())
        .isEqualTo(PipelineResult.State.DONE);
  }

  @Test
  void aSinkThatCannotBeMadeIsRefusedByName() {
    Pipeline pipeline = pipeline(WithoutConstructor.class);

    assertThatThrownBy(pipeline::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("--metricsSink=" + WithoutConstructor.class.getName());
  }

  /** Keeps what it is given. */
  public static final class Recording implements MetricsSink {
    /** As Beam makes it. */
    public Recording(MetricsOptions options) {
      assertThat(options.getMetricsPushPeriod()).isEqualTo(3_600L);
    }

    @Override
    public void writeMetrics(MetricQueryResults metrics) {
      metrics
          .getCounters()
          .forEach(
              counter -> PUSHED.add(counter.getName().getName() + " " + counter.getAttempted()));
    }
  }

  /** Takes nothing. */
  public static final class Failing implements MetricsSink {
    /** As Beam makes it. */
    public Failing(MetricsOptions options) {}

    @Override
    public void writeMetrics(MetricQueryResults metrics) throws Exception {
      throw new Exception("no");
    }
  }

  /** Cannot be made from options. */
  public static final class WithoutConstructor implements MetricsSink {
    @Override
    public void writeMetrics(MetricQueryResults metrics) {}
  }

  private static final class Counting extends DoFn<Integer, Void> {
    private final Counter counter = Metrics.counter(Counting.class, "elements");

    @ProcessElement
    public void process() {
      counter.inc();
    }
  }
}
