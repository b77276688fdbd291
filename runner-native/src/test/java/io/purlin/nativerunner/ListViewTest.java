package io.purlin.nativerunner;

import io.purlin.sdk.NativePipelineOptions;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.TimestampedValue;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Side inputs that are lists with random access, of which Beam says at a bundle's end what is in
 * them.
 */
class ListViewTest {
  private static final Window<Long> WINDOWS = Window.into(FixedWindows.of(Duration.millis(100)));

  @ParameterizedTest
  @CsvSource({"1, true", "1, false", "4, true", "4, false"})
  void aPaneInTheMiddleOfABundleShowsItsElements(int parallelism, boolean accumulates) {
    NativePipelineOptions options = PipelineOptionsFactory.create().as(NativePipelineOptions.class);
    options.setRunner(NativeRunner.class);
    options.setParallelism(parallelism);
    Pipeline pipeline = Pipeline.create(options);
    PCollection<Long> input =
        pipeline.apply(
            TestStream.create(VarLongCoder.of())
                .addElements(TimestampedValue.of(1L, Instant.ofEpochMilli(10)))
                .addElements(TimestampedValue.of(-7L, Instant.ofEpochMilli(20)))
                .advanceWatermarkToInfinity());
    Window<Long> updated =
        WINDOWS
            .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
            .withAllowedLateness(Duration.ZERO);
    PCollectionView<List<Long>> view =
        input
            .apply("Updates", Filter.lessThan(0L))
            .apply(
                "Panes",
                accumulates ? updated.accumulatingFiredPanes() : updated.discardingFiredPanes())
            .apply(View.<Long>asList().withRandomAccess());
    PCollection<Long> sums =
        input
            .apply("Elements", Filter.greaterThan(0L))
            .apply("Windows", WINDOWS)
            .apply(ParDo.of(new AddAll(view)).withSideInputs(view));
    // It waits for the first pane of its window, in which there is something.
    PAssert.that(sums).containsInAnyOrder(1L - 7L);
    pipeline.run().waitUntilFinish();
  }

  private static final class AddAll extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<List<Long>> view;

    AddAll(PCollectionView<List<Long>> view) {
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      long sum = context.element();
      for (long each : context.sideInput(view)) {
        sum += each;
      }
      context.output(sum);
    }
  }
}
