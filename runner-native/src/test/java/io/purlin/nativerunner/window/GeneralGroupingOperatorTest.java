package io.purlin.nativerunner.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.purlin.nativerunner.sideinput.SideInputStore;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.CombineWithContext.CombineFnWithContext;
import org.apache.beam.sdk.transforms.CombineWithContext.Context;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindow;
import org.apache.beam.sdk.transforms.windowing.GlobalWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class GeneralGroupingOperatorTest {
  private static final long END = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  @Test
  void sessionsMergeAndFireOnce() {
    GroupingHarness harness = sessions(AfterWatermark.pastEndOfWindow(), 0);
    harness.element("a", 1, 0, session(0, 10));
    harness.element("b", 9, 2, session(2, 12));
    harness.element("a", 2, 15, session(15, 25));
    harness.element("a", 3, 8, session(8, 18));
    harness.watermark(12);
    assertThat(harness.takePanes())
        .containsExactly(pane("b", List.of(9), 11, 2, 12, PaneInfo.ON_TIME_AND_ONLY_FIRING));

    harness.watermark(25);
    assertThat(harness.takePanes())
        .containsExactly(pane("a", List.of(1, 2, 3), 24, 0, 25, PaneInfo.ON_TIME_AND_ONLY_FIRING));
    assertThat(harness.outputWatermark()).isEqualTo(25);
  }

  @Test
  void lateSessionsFireAgainUntilTheyExpire() {
    Trigger trigger =
        AfterWatermark.pastEndOfWindow().withLateFirings(AfterPane.elementCountAtLeast(1));
    GroupingHarness harness = sessions(trigger, 20);
    harness.element("a", 1, 0, session(0, 10));
    harness.watermark(11);
    harness.element("a", 2, 3, session(3, 13));
    harness.watermark(40);
    harness.element("a", 3, 3, session(3, 13));

    assertThat(harness.takePanes())
        .extracting(GroupingHarness.Pane::value, pane -> pane.info().getTiming())
        .containsExactly(tuple(List.of(1), Timing.ON_TIME), tuple(List.of(2), Timing.ON_TIME));
  }

  @Test
  void combinesOnceItsSideInputIsReady() {
    Pipeline pipeline = Pipeline.create();
    PCollectionView<Integer> factor =
        pipeline.apply(Create.of(10)).apply(View.<Integer>asSingleton());
    SideInputStore store = new SideInputStore(List.of(factor));
    Combining combining =
        new Combining(
            new ScaledSum(factor), VarIntCoder.of(), List.of(factor), Combining.Input.VALUES);
    GroupingSpec spec =
        new GroupingSpec(
            "combine",
            StringUtf8Coder.of(),
            VarIntCoder.of(),
            WindowingStrategy.of(new GlobalWindows()),
            combining);
    GroupingFactory factory = new GroupingFactory(spec);
    assertThat(factory.explanation())
        .isEqualTo("general grouping: combine function reads side inputs");
    GroupingHarness harness = new GroupingHarness(factory, store);

    harness.element("a", 1, 5, List.of(GlobalWindow.INSTANCE));
    harness.element("a", 2, 9, List.of(GlobalWindow.INSTANCE));
    harness.watermark(END);
    assertThat(harness.takePanes()).isEmpty();
    assertThat(harness.outputWatermark()).isEqualTo(5);

    store.publish(factor, GlobalWindow.INSTANCE, List.of(10));
    harness.retry();
    assertThat(harness.takePanes()).extracting(GroupingHarness.Pane::value).containsExactly(30);
    assertThat(harness.outputWatermark()).isEqualTo(END);
  }

  /** A sum that is multiplied by a side input. */
  private static final class ScaledSum extends CombineFnWithContext<Integer, Integer, Integer> {
    private static final long serialVersionUID = 1L;
    private final PCollectionView<Integer> factor;

    ScaledSum(PCollectionView<Integer> factor) {
      this.factor = factor;
    }

    @Override
    public Integer createAccumulator(Context context) {
      return 0;
    }

    @Override
    public Integer addInput(Integer accumulator, Integer input, Context context) {
      return accumulator + input * context.sideInput(factor);
    }

    @Override
    public Integer mergeAccumulators(Iterable<Integer> accumulators, Context context) {
      int sum = 0;
      for (int each : accumulators) {
        sum += each;
      }
      return sum;
    }

    @Override
    public Integer extractOutput(Integer accumulator, Context context) {
      return accumulator;
    }
  }

  private static GroupingHarness sessions(Trigger trigger, long latenessMillis) {
    Coder<String> keys = StringUtf8Coder.of();
    GroupingSpec spec =
        new GroupingSpec(
            "group",
            keys,
            VarIntCoder.of(),
            WindowingStrategy.of(Sessions.withGapDuration(Duration.millis(10)))
                .withTrigger(trigger)
                .withAllowedLateness(Duration.millis(latenessMillis)),
            null);
    return new GroupingHarness(context -> new GeneralGroupingOperator(spec, context));
  }

  private static GroupingHarness.Pane pane(
      String key, Object value, long timestamp, long start, long end, PaneInfo info) {
    return new GroupingHarness.Pane(
        key, value, timestamp, session(start, end).iterator().next(), info);
  }

  private static List<BoundedWindow> session(long start, long end) {
    return List.of(new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)));
  }
}
