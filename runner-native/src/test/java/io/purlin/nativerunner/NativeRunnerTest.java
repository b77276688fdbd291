package io.purlin.nativerunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.PipelineResult;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.CountingSource;
import org.apache.beam.sdk.io.GenerateSequence;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.GroupIntoBatches;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.WithKeys;
import org.apache.beam.sdk.transforms.resourcehints.ResourceHints;
import org.apache.beam.sdk.transforms.windowing.CalendarWindows;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.TimestampedValue;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.apache.beam.vendor.guava.v32_1_2_jre.com.google.common.collect.Iterables;
import org.joda.time.DateTime;
import org.joda.time.DateTimeZone;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeRunnerTest {
  private static Pipeline pipeline(int parallelism) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    return Pipeline.create(options);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void countsWords(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<KV<String, Long>> counts =
        pipeline
            .apply(Create.of("a b", "b", "c b"))
            .apply(
                MapElements.into(TypeDescriptors.strings())
                    .via((String line) -> line.substring(0, 1)))
            .apply(Count.perElement());
    PAssert.that(counts)
        .containsInAnyOrder(List.of(KV.of("a", 1L), KV.of("b", 1L), KV.of("c", 1L)));

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void recordsThatASourceRepeatsAreDropped(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> numbers = pipeline.apply(Read.from(new RepeatingSource(100)));
    PAssert.that(numbers).containsInAnyOrder(LongStream.range(0, 100).boxed().toList());

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void sumsByWindowOfATestStream(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> sums =
        pipeline
            .apply(
                TestStream.create(VarLongCoder.of())
                    .addElements(at(1, 1), at(2, 5))
                    .advanceWatermarkTo(Instant.ofEpochMilli(10))
                    .addElements(at(4, 12))
                    .advanceWatermarkToInfinity())
            .apply(Window.into(FixedWindows.of(Duration.millis(10))))
            .apply(Sum.longsGlobally().withoutDefaults());
    PAssert.that(sums).containsInAnyOrder(3L, 4L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anElementOfSeveralWindowsIsAsManyInOtherWindows(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> counts =
        pipeline
            .apply(Create.timestamped(at(7, 12)))
            .apply(
                "slide",
                Window.into(SlidingWindows.of(Duration.millis(30)).every(Duration.millis(10))))
            .apply("fix", Window.into(FixedWindows.of(Duration.millis(10))))
            .apply(Combine.globally(Count.<Long>combineFn()).withoutDefaults());
    PAssert.that(counts).containsInAnyOrder(3L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void anElementInTheGapBetweenSlidingWindowsIsInNone(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> inWindows =
        pipeline
            .apply(Create.timestamped(at(1, 3), at(2, 7), at(3, 11)))
            .apply(Window.into(SlidingWindows.of(Duration.millis(5)).every(Duration.millis(10))))
            .apply(MapElements.into(TypeDescriptors.longs()).via((Long value) -> value));
    PAssert.that(inWindows).containsInAnyOrder(1L, 3L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void batchesOfShardedKeysAreFull(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> sizes =
        pipeline
            .apply(GenerateSequence.from(0).to(997))
            .apply(WithKeys.of("key"))
            .apply(GroupIntoBatches.<String, Long>ofSize(10).withShardedKey())
            .apply(
                MapElements.into(TypeDescriptors.longs())
                    .via(batch -> (long) Iterables.size(batch.getValue())));
    PAssert.that(sizes.apply(Count.perElement()))
        .containsInAnyOrder(List.of(KV.of(10L, 99L), KV.of(7L, 1L)));

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void readsSomeOfAnUnboundedSource(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> numbers =
        pipeline.apply(Read.from(CountingSource.unbounded()).withMaxNumRecords(20_001));
    assertThat(numbers.isBounded()).isEqualTo(PCollection.IsBounded.BOUNDED);
    PAssert.that(numbers).containsInAnyOrder(LongStream.range(0, 20_001).boxed().toList());

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void windowsFollowTheCalendarOfATimeZone(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    DateTimeZone zone = DateTimeZone.forID("Europe/Berlin");
    long april = new DateTime(2026, 4, 1, 0, 0, zone).getMillis();
    long may = new DateTime(2026, 5, 1, 0, 0, zone).getMillis();
    PCollection<Long> sums =
        pipeline
            .apply(
                Create.timestamped(
                    at(1, april - 1), at(2, april), at(4, may - 1), at(8, may), at(16, may + 1)))
            .apply(Window.into(CalendarWindows.months(1).withTimeZone(zone)))
            .apply(Sum.longsGlobally().withoutDefaults());
    PAssert.that(sums)
        .inWindow(new IntervalWindow(Instant.ofEpochMilli(april), Instant.ofEpochMilli(may)))
        .containsInAnyOrder(6L);
    PAssert.that(sums).containsInAnyOrder(1L, 6L, 24L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void resourceHintsChangeNoResult(int parallelism) {
    Pipeline pipeline = pipeline(parallelism);
    PCollection<Long> doubled =
        pipeline
            .apply(Create.of(1L, 2L))
            .apply(
                "Double",
                MapElements.into(TypeDescriptors.longs())
                    .via((Long value) -> 2 * value)
                    .setResourceHints(
                        ResourceHints.create().withMinRam("1GiB").withAccelerator("type:none")));
    PAssert.that(doubled).containsInAnyOrder(2L, 4L);

    assertThat(pipeline.run().waitUntilFinish()).isEqualTo(PipelineResult.State.DONE);
  }

  private static TimestampedValue<Long> at(long value, long millis) {
    return TimestampedValue.of(value, Instant.ofEpochMilli(millis));
  }

  @Test
  void throwsWhatUserCodeThrew() {
    Pipeline pipeline = pipeline(1);
    pipeline
        .apply(Create.of("x"))
        .apply(
            MapElements.into(TypeDescriptors.strings())
                .via(
                    (String line) -> {
                      throw new IllegalStateException("no " + line);
                    }));

    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .isInstanceOf(Pipeline.PipelineExecutionException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("no x");
  }

  @Test
  void refusesOptionsThatAreOutOfRange() {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(0);
    options.setMaxBundleSize(-1L);

    assertThatThrownBy(() -> NativeRunner.fromOptions(options))
        .hasMessageContaining("--parallelism=0")
        .hasMessageContaining("--maxBundleSize=-1");
  }

  @Test
  void isFoundByItsShortName() {
    assertThat(
            PipelineOptionsFactory.fromArgs("--runner=NativeRunner", "--parallelism=3")
                .as(NativePipelineOptions.class)
                .getRunner())
        .isEqualTo(NativeRunner.class);
  }

  @Test
  void failedAssertionFailsThePipeline() {
    Pipeline pipeline = pipeline(2);
    PAssert.that(pipeline.apply(Create.of(List.of("x")).withCoder(StringUtf8Coder.of())))
        .containsInAnyOrder("y");

    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasCauseInstanceOf(AssertionError.class);
  }

  @Test
  void refusesMoreMemoryThanThereIs() {
    Pipeline state = pipeline(1);
    NativePipelineOptions options = state.getOptions().as(NativePipelineOptions.class);
    options.setStateBackend("rocksdb");
    options.setStateMemory(Runtime.getRuntime().maxMemory());
    state.apply(Create.of("a"));
    assertThatThrownBy(state::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lower --stateMemory");
    options.setStateMemory(1L);
    options.setManagedMemory(1L << 50);
    assertThatThrownBy(state::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("of memory, and the container or machine has");
  }
}
