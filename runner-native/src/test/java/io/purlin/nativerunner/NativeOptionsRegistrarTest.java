package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.NativePipelineOptions;
import org.apache.beam.sdk.metrics.MetricsOptions;
import org.apache.beam.sdk.options.DefaultPipelineOptionsRegistrar;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.junit.jupiter.api.Test;

class NativeOptionsRegistrarTest {
  private final Iterable<Class<? extends PipelineOptions>> registered =
      new NativeOptionsRegistrar().getPipelineOptions();

  @Test
  void thatOfTheRunnerComesLastAndTheSmallestFirst() {
    assertThat(registered)
        .containsAll(new DefaultPipelineOptionsRegistrar().getPipelineOptions())
        .doesNotHaveDuplicates()
        .startsWith(PipelineOptions.class)
        .endsWith(NativePipelineOptions.class);
  }

  @Test
  void beamKnowsThemAll() {
    assertThat(PipelineOptionsFactory.getRegisteredOptions()).containsAll(registered);
  }

  @Test
  void optionsOfMetricsAreKnownToAProgramThatNamesNone() {
    PipelineOptions options = PipelineOptionsFactory.fromArgs("--metricsPushPeriod=7").create();

    assertThat(options.as(MetricsOptions.class).getMetricsPushPeriod()).isEqualTo(7);
  }
}
