package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.sdk.NativePipelineOptions;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.windowing.AfterAll;
import org.apache.beam.sdk.transforms.windowing.AfterEach;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterProcessingTime;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Trigger.OnceTrigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Triggers that are made of others, each shown by the sums of its panes. */
class CompositeTriggersTest {
  private static final Duration DELAY = Duration.standardSeconds(1);
  private static final Duration LONGER = Duration.standardSeconds(2);

  private static OnceTrigger delayed() {
    return AfterProcessingTime.pastFirstElementInPane().plusDelayOf(DELAY);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void afterAllWaitsForTheLastOfThem(int parallelism) {
    sums(
        parallelism,
        Repeatedly.forever(AfterAll.of(AfterPane.elementCountAtLeast(2), delayed())),
        TestStream.create(VarLongCoder.of())
            .addElements(1L)
            .addElements(2L)
            .addElements(4L)
            .advanceProcessingTime(LONGER)
            .addElements(8L)
            .advanceProcessingTime(LONGER)
            .addElements(16L)
            .addElements(32L)
            .advanceWatermarkToInfinity(),
        1 + 2 + 4L,
        8 + 16L,
        32L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void orFinallyFiresByWhicheverComesFirst(int parallelism) {
    sums(
        parallelism,
        Repeatedly.forever(
            Repeatedly.forever(AfterPane.elementCountAtLeast(3)).orFinally(delayed())),
        TestStream.create(VarLongCoder.of())
            .addElements(1L)
            .addElements(2L)
            .advanceProcessingTime(LONGER)
            .addElements(4L)
            .addElements(8L)
            .addElements(16L)
            .addElements(32L)
            .advanceWatermarkToInfinity(),
        1 + 2L,
        4 + 8 + 16L,
        32L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void afterEachTakesThemInOrder(int parallelism) {
    sums(
        parallelism,
        AfterEach.inOrder(
            AfterPane.elementCountAtLeast(1),
            delayed(),
            Repeatedly.forever(AfterPane.elementCountAtLeast(2))),
        TestStream.create(VarLongCoder.of())
            .addElements(1L)
            .addElements(2L)
            .addElements(4L)
            .addElements(8L)
            .advanceProcessingTime(LONGER)
            .addElements(16L)
            .addElements(32L)
            .addElements(64L)
            .advanceWatermarkToInfinity(),
        1L,
        2 + 4 + 8L,
        16 + 32L,
        64L);
  }

  private static void sums(
      int parallelism, Trigger trigger, TestStream<Long> stream, Long... expected) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    Pipeline pipeline = Pipeline.create(options);
    PCollection<Long> sums =
        pipeline
            .apply(stream)
            .apply(
                Window.<Long>into(FixedWindows.of(Duration.standardDays(1)))
                    .triggering(trigger)
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply(Sum.longsGlobally().withoutDefaults());
    PAssert.that(sums).containsInAnyOrder(expected);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }
}
