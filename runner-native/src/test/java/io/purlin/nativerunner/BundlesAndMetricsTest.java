package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.BoundedSource;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Distribution;
import org.apache.beam.sdk.metrics.DistributionResult;
import org.apache.beam.sdk.metrics.MetricNameFilter;
import org.apache.beam.sdk.metrics.MetricQueryResults;
import org.apache.beam.sdk.metrics.MetricResult;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.metrics.MetricsFilter;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Reshuffle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How bundles end and what is counted, seen through whole pipelines. */
class BundlesAndMetricsTest {
  private static NativePipelineOptions options(int parallelism) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    return options;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void noBundleIsLargerThanItMayBe(int parallelism) {
    NativePipelineOptions options = options(parallelism);
    options.setMaxBundleSize(7L);
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply(GenerateSequence.from(0).to(1_000))
        .apply("Before", ParDo.of(new BundleSizes()))
        .apply(Reshuffle.viaRandomKey())
        .apply("After", ParDo.of(new BundleSizes()));

    PipelineResult result = pipeline.run();

    assertThat(result.waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
    Map<String, DistributionResult> sizes = new TreeMap<>();
    for (MetricResult<DistributionResult> found : query(result, "sizes").getDistributions()) {
      sizes.put(found.getKey().stepName(), found.getCommitted());
    }
    assertThat(sizes.keySet())
        .containsExactly("After/ParMultiDo(BundleSizes)", "Before/ParMultiDo(BundleSizes)");
    assertThat(sizes.values())
        .allSatisfy(
            size -> {
              assertThat(size.getSum()).isEqualTo(1_000);
              assertThat(size.getMax()).isLessThanOrEqualTo(7);
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aSourceCountsAsTheStepThatReads(int parallelism) {
    Pipeline pipeline = Pipeline.create(options(parallelism));
    pipeline
        .apply("Read", Read.from(new CountingSource(0, 100)))
        .apply("Parse", ParDo.of(new BundleSizes()));

    PipelineResult result = pipeline.run();
    result.waitUntilFinish();

    assertThat(query(result, "read").getCounters())
        .singleElement()
        .satisfies(
            counter -> {
              assertThat(counter.getKey().stepName()).startsWith("Read");
              assertThat(counter.getAttempted()).isEqualTo(100);
              assertThat(counter.getCommitted()).isEqualTo(100);
            });
    assertThat(query(result, "splits").getCounters())
        .singleElement()
        .satisfies(counter -> assertThat(counter.getCommitted()).isEqualTo(1));
  }

  @Test
  void whatAFailedBundleCountedIsNotCommitted() {
    NativePipelineOptions options = options(1);
    options.setMaxBundleSize(10L);
    Pipeline pipeline = Pipeline.create(options);
    pipeline.apply(GenerateSequence.from(0).to(100)).apply(ParDo.of(new FailAt25()));
    PipelineResult result = pipeline.run();

    assertThatThrownBy(result::waitUntilFinish).hasStackTraceContaining("no further");
    assertThat(query(result, "elements").getCounters())
        .singleElement()
        .satisfies(
            counter -> {
              assertThat(counter.getAttempted()).isEqualTo(26);
              assertThat(counter.getCommitted()).isEqualTo(20);
            });
  }

  private static MetricQueryResults query(PipelineResult result, String name) {
    return result
        .metrics()
        .queryMetrics(
            MetricsFilter.builder().addNameFilter(MetricNameFilter.named("test", name)).build());
  }

  /** Records how many elements each bundle had. */
  private static final class BundleSizes extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final Distribution sizes = Metrics.distribution("test", "sizes");
    private long size;

    @StartBundle
    public void start() {
      size = 0;
    }

    @ProcessElement
    public void process(@Element Long element, OutputReceiver<Long> output) {
      size++;
      output.output(element);
    }

    @FinishBundle
    public void finish() {
      sizes.update(size);
    }
  }

  /** Fails at the 26th element. */
  private static final class FailAt25 extends DoFn<Long, Void> {
    private static final long serialVersionUID = 1L;
    private final Counter elements = Metrics.counter("test", "elements");

    @ProcessElement
    public void process(@Element Long element) {
      elements.inc();
      if (element == 25) {
        throw new IllegalStateException("no further");
      }
    }
  }

  /** Numbers from one up to another, which counts its splitting and what is read. */
  private static final class CountingSource extends BoundedSource<Long> {
    private static final long serialVersionUID = 1L;
    private final Counter read = Metrics.counter("test", "read");
    private final Counter splits = Metrics.counter("test", "splits");
    private final long from;
    private final long to;

    CountingSource(long from, long to) {
      this.from = from;
      this.to = to;
    }

    @Override
    public List<CountingSource> split(long desiredBundleSizeBytes, PipelineOptions options) {
      splits.inc();
      long middle = (from + to) / 2;
      return List.of(new CountingSource(from, middle), new CountingSource(middle, to));
    }

    @Override
    public long getEstimatedSizeBytes(PipelineOptions options) {
      return to - from;
    }

    @Override
    public Coder<Long> getOutputCoder() {
      return VarLongCoder.of();
    }

    @Override
    public BoundedReader<Long> createReader(PipelineOptions options) {
      return new Reader();
    }

    private final class Reader extends BoundedReader<Long> {
      private long at = from - 1;

      @Override
      public boolean start() {
        return advance();
      }

      @Override
      public boolean advance() {
        at++;
        if (at < to) {
          read.inc();
        }
        return at < to;
      }

      @Override
      public Long getCurrent() {
        return at;
      }

      @Override
      public BoundedSource<Long> getCurrentSource() {
        return CountingSource.this;
      }

      @Override
      public void close() {}
    }
  }
}
