package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.io.range.OffsetRange;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Combine;
import org.apache.beam.sdk.transforms.CombineWithContext;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.Sum;
import org.apache.beam.sdk.transforms.Values;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.splittabledofn.RestrictionTracker;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Views are restored, and so is what waits for them. */
class RestartSideInputsTest {
  private static final Trigger END = Repeatedly.forever(AfterWatermark.pastEndOfWindow());

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void everythingWaitsForAViewThatComesLast(long seed) {
    new Disturbed(RestartSideInputsTest::late).comesToTheSame(seed, 2, 4, 1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void viewsOfWindowsComeOneAfterTheOther(long seed) {
    new Disturbed(RestartSideInputsTest::windowed).comesToTheSame(seed, 1, 3);
  }

  private static void late(Pipeline pipeline) {
    PCollectionView<Long> side =
        pipeline
            .apply("Side", Read.from(new Ticks("side", 1, TICKS)))
            .apply(Values.create())
            .apply(
                "AtTheEnd",
                Window.<Long>configure()
                    .triggering(END)
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes())
            .apply(Sum.longsGlobally().asSingletonView());
    PCollection<KV<Long, Long>> main =
        pipeline
            .apply("Main", Read.from(new Ticks("main", 3, TICKS)))
            .apply(
                "Once",
                Window.<KV<Long, Long>>configure()
                    .triggering(END)
                    .withAllowedLateness(Duration.ZERO)
                    .discardingFiredPanes());
    main.apply("Plain", ParDo.of(new PlusSide(side)).withSideInputs(side))
        .apply("Plain outputs", ParDo.of(new Outputs<>("plain")));
    main.apply("Stateful", ParDo.of(new Running(side)).withSideInputs(side))
        .apply("Stateful outputs", ParDo.of(new Outputs<>("stateful")));
    main.apply(
            "Combine", Combine.<Long, Long, Long>perKey(new SumPlusSide(side)).withSideInputs(side))
        .apply("Combined outputs", ParDo.of(new Outputs<>("combined")));
    pipeline
        .apply(Create.of(1L, 2L, 3L, 4L))
        .apply("Splittable", ParDo.of(new Ranges(side)).withSideInputs(side))
        .apply("Splittable outputs", ParDo.of(new Outputs<>("splittable")));
  }

  private static void windowed(Pipeline pipeline) {
    PCollectionView<List<Long>> side =
        pipeline
            .apply("Side", Read.from(new Ticks("side", 1, TICKS)))
            .apply(Values.create())
            .apply("SideWindows", Window.into(FixedWindows.of(Duration.millis(50))))
            .apply(Sum.longsGlobally().withoutDefaults())
            .apply(View.asList());
    pipeline
        .apply("Main", Read.from(new Ticks("main", 3, TICKS)))
        .apply("MainWindows", Window.into(FixedWindows.of(Duration.millis(10))))
        .apply("Beside", ParDo.of(new Beside(side)).withSideInputs(side))
        .apply(ParDo.of(new Outputs<>("beside")));
  }

  static final class PlusSide extends DoFn<KV<Long, Long>, Long> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> side;

    PlusSide(PCollectionView<Long> side) {
      this.side = side;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element().getValue() + context.sideInput(side));
    }
  }

  static final class Beside extends DoFn<KV<Long, Long>, String> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<List<Long>> side;

    Beside(PCollectionView<List<Long>> side) {
      this.side = side;
    }

    @ProcessElement
    public void process(ProcessContext context) {
      context.output(context.element() + " beside " + context.sideInput(side));
    }
  }

  /** A running sum for each key, so that their order counts. */
  static final class Running extends DoFn<KV<Long, Long>, KV<Long, Long>> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> side;

    @StateId("sum")
    private final StateSpec<ValueState<Long>> sumSpec = StateSpecs.value(VarLongCoder.of());

    Running(PCollectionView<Long> side) {
      this.side = side;
    }

    @ProcessElement
    public void process(ProcessContext context, @StateId("sum") ValueState<Long> sum) {
      Long before = sum.read();
      long now =
          (before == null ? context.sideInput(side) : before) * 31 + context.element().getValue();
      sum.write(now);
      context.output(KV.of(context.element().getKey(), now));
    }
  }

  static final class SumPlusSide extends CombineWithContext.CombineFnWithContext<Long, Long, Long> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> side;

    SumPlusSide(PCollectionView<Long> side) {
      this.side = side;
    }

    @Override
    public Long createAccumulator(CombineWithContext.Context context) {
      return 0L;
    }

    @Override
    public Long addInput(Long sum, Long input, CombineWithContext.Context context) {
      return sum + input * context.sideInput(side);
    }

    @Override
    public Long mergeAccumulators(Iterable<Long> sums, CombineWithContext.Context context) {
      long all = 0;
      for (long sum : sums) {
        all += sum;
      }
      return all;
    }

    @Override
    public Long extractOutput(Long sum, CombineWithContext.Context context) {
      return sum + context.sideInput(side);
    }
  }

  static final class Ranges extends DoFn<Long, Long> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Long> side;

    Ranges(PCollectionView<Long> side) {
      this.side = side;
    }

    @GetInitialRestriction
    public OffsetRange range(@Element Long element) {
      return new OffsetRange(0, 10 * element);
    }

    @ProcessElement
    public void process(ProcessContext context, RestrictionTracker<OffsetRange, Long> tracker) {
      for (long at = tracker.currentRestriction().getFrom(); tracker.tryClaim(at); at++) {
        context.output(at + context.sideInput(side));
      }
    }
  }
}
