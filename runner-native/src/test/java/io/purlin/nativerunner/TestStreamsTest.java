package io.purlin.nativerunner;

import io.purlin.sdk.NativePipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Flatten;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.transforms.windowing.Window.OnTimeBehavior;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionList;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pipelines with several {@code TestStream}s. */
class TestStreamsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void streamsGoOnInTurn(int parallelism) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    Pipeline pipeline = Pipeline.create(options);
    PCollection<Long> one = pipeline.apply("One", stream(1L, 4L, 16L));
    PCollection<Long> other = pipeline.apply("Other", stream(2L, 8L, 32L));
    PCollection<Long> sums =
        PCollectionList.of(one)
            .and(other)
            .apply(Flatten.pCollections())
            .apply(
                Window.<Long>into(new GlobalWindows())
                    .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(2)))
                    .discardingFiredPanes()
                    .withOnTimeBehavior(OnTimeBehavior.FIRE_IF_NON_EMPTY)
                    .withAllowedLateness(Duration.ZERO))
            .apply(Sum.longsGlobally().withoutDefaults());
    PAssert.that(sums).containsInAnyOrder(1 + 2L, 4 + 8L, 16 + 32L);
    pipeline.run().waitUntilFinish();
  }

  private static TestStream<Long> stream(Long first, Long second, Long third) {
    return TestStream.create(VarLongCoder.of())
        .addElements(first)
        .addElements(second)
        .addElements(third)
        .advanceWatermarkToInfinity();
  }
}
