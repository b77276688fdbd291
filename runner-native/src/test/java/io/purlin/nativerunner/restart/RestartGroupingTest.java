package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.transforms.GroupByKey;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.AfterEach;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups and the numbers of their panes go on, natively grouped and by Beam's own algorithm. */
class RestartGroupingTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void panesOfEveryKind(long seed) {
    Map<String, Long> outputs = run(RestartGroupingTest::panes, seed);
    assertThat(outputs.keySet()).anyMatch(each -> each.contains("EARLY3"));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void windowsOfEveryKind(long seed) {
    run(RestartGroupingTest::windows, seed);
  }

  private static Map<String, Long> run(Consumer<Pipeline> pipeline, long seed) {
    return new Disturbed(pipeline).comesToTheSame(seed, 2, 1, 3);
  }

  private static PCollection<KV<Long, Long>> ticks(Pipeline pipeline) {
    return pipeline.apply(Read.from(new Ticks("ticks", 4, TICKS)));
  }

  private static void panes(Pipeline pipeline) {
    PCollection<KV<Long, Long>> ticks = ticks(pipeline);
    ticks
        .apply(
            "EarlyWindows",
            Window.<KV<Long, Long>>into(FixedWindows.of(Duration.millis(100)))
                .triggering(
                    AfterWatermark.pastEndOfWindow()
                        .withEarlyFirings(AfterPane.elementCountAtLeast(7)))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("Early", GroupByKey.create())
        .apply("EarlyOutputs", ParDo.of(new Sorted("early")));
    ticks
        .apply(
            "CountWindows",
            Window.<KV<Long, Long>>into(new GlobalWindows())
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(11)))
                .withAllowedLateness(Duration.ZERO)
                .discardingFiredPanes())
        .apply("Counted", GroupByKey.create())
        .apply("CountedOutputs", ParDo.of(new Sorted("counted")));
    ticks
        .apply(
            "GeneralWindows",
            Window.<KV<Long, Long>>into(FixedWindows.of(Duration.millis(TICKS)))
                .triggering(
                    Repeatedly.forever(
                        AfterEach.inOrder(
                            AfterPane.elementCountAtLeast(3), AfterPane.elementCountAtLeast(17))))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("General", GroupByKey.create())
        .apply("GeneralOutputs", ParDo.of(new Sorted("general")));
  }

  private static void windows(Pipeline pipeline) {
    PCollection<KV<Long, Long>> ticks = ticks(pipeline);
    ticks
        .apply(
            "Sliding",
            Window.into(SlidingWindows.of(Duration.millis(60)).every(Duration.millis(20))))
        .apply("CountSliding", Count.perKey())
        .apply("SlidingOutputs", ParDo.of(new Outputs<>("sliding")));
    PCollection<KV<Long, Long>> gaps =
        ticks.apply(Filter.by((KV<Long, Long> tick) -> tick.getValue() % 20 < 15));
    gaps.apply("Sessions", Window.into(Sessions.withGapDuration(Duration.millis(3))))
        .apply("GroupSessions", GroupByKey.create())
        .apply("SessionOutputs", ParDo.of(new Sorted("sessions")));
    gaps.apply("Sessions2", Window.into(Sessions.withGapDuration(Duration.millis(30))))
        .apply("CountSessions", Count.perKey())
        .apply("LongSessionOutputs", ParDo.of(new Outputs<>("long sessions")));
    gaps.apply(
            "GeneralSessions",
            Window.<KV<Long, Long>>into(Sessions.withGapDuration(Duration.millis(3)))
                .triggering(
                    AfterEach.inOrder(
                        AfterPane.elementCountAtLeast(4),
                        Repeatedly.forever(AfterWatermark.pastEndOfWindow())))
                .withAllowedLateness(Duration.ZERO)
                .accumulatingFiredPanes())
        .apply("GroupGeneralSessions", GroupByKey.create())
        .apply("GeneralSessionOutputs", ParDo.of(new Sorted("general sessions")));
    ticks
        .apply("Fixed", Window.into(FixedWindows.of(Duration.millis(30))))
        .apply("CountFixed", Count.perKey())
        .apply("FixedOutputs", ParDo.of(new Outputs<>("fixed")));
  }

  /** Like {@link Outputs}, of a group with its values in order. */
  static final class Sorted extends DoFn<KV<Long, Iterable<Long>>, Void> {
    private static final long serialVersionUID = 1L;
    private final Outputs<KV<Long, List<Long>>> outputs;

    Sorted(String name) {
      this.outputs = new Outputs<>(name);
    }

    @ProcessElement
    public void process(ProcessContext context, BoundedWindow window) {
      List<Long> values = new ArrayList<>();
      context.element().getValue().forEach(values::add);
      values.sort(null);
      outputs.process(
          KV.of(context.element().getKey(), values), context.timestamp(), window, context.pane());
    }
  }
}
