package io.purlin.nativerunner.operator.pardo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.NativeRunner;
import io.purlin.nativerunner.invoke.CallPath;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ParDoSideInputTest {
  private static final IntervalWindow FIRST = window(0);
  private static final IntervalWindow SECOND = window(10);
  private static final PCollectionView<Long> VIEW = view();

  private final ParDoHarness harness =
      new ParDoHarness()
          .sideInput("v", VIEW)
          .windowing(WindowingStrategy.of(FixedWindows.of(Duration.millis(10))));

  private static IntervalWindow window(long start) {
    return new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + 10));
  }

  private static PCollectionView<Long> view() {
    PipelineOptions options = PipelineOptionsFactory.create();
    options.setRunner(NativeRunner.class);
    return Pipeline.create(options)
        .apply(Create.of(0L))
        .apply(Window.into(FixedWindows.of(Duration.millis(10))))
        .apply(View.asSingleton());
  }

  @Test
  void anElementWhoseSideInputIsGoneIsDropped() throws Exception {
    harness.open(new Adding(VIEW), VarLongCoder.of(), CallPath.GENERAL);
    harness.views.content(100L);
    harness.views.ready.add(FIRST);
    harness.views.ready.add(SECOND);
    harness.views.gone.add(FIRST);

    harness.element(1L, 5, FIRST, SECOND);

    assertThat(harness.out).containsExactly("101 @5 [20]");
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void elementsWaitForTheirWindowAndHoldTheWatermark(CallPath path) throws Exception {
    harness.open(new Adding(VIEW), VarLongCoder.of(), path);
    harness.views.content(100L);
    harness.views.ready.add(FIRST);

    harness.element(1L, 5, FIRST, SECOND).element(2L, 6, SECOND).advance(50);
    assertThat(harness.out).containsExactly("101 @5 [10]");
    assertThat(harness.watermark).isEqualTo(5);

    harness.operator().retry();
    assertThat(harness.out).hasSize(1);

    harness.views.ready.add(SECOND);
    harness.operator().retry();
    harness.advance(50);
    assertThat(harness.out).containsExactly("101 @5 [10]", "101 @5 [20]", "102 @6 [20]");
    assertThat(harness.watermark).isEqualTo(50);
  }

  /** Adds the side input. */
  static final class Adding extends DoFn<Long, Long> {
    private final PCollectionView<Long> view;

    Adding(PCollectionView<Long> view) {
      this.view = view;
    }

    @ProcessElement
    public void process(ProcessContext c) {
      c.output(c.element() + c.sideInput(view));
    }
  }

  @Test
  void parameterIsGivenByItsTag() throws Exception {
    harness.open(new Named(), VarLongCoder.of(), CallPath.DIRECT);
    harness.views.content(100L);
    harness.views.ready.add(FIRST);
    harness.element(1L, 5, FIRST);
    assertThat(harness.out).containsExactly("101 @5 [10]");
  }

  /** Adds the side input that it names. */
  static final class Named extends DoFn<Long, Long> {
    @ProcessElement
    public void process(
        @Element Long element, @SideInput("v") Long added, OutputReceiver<Long> out) {
      out.output(element + added);
    }
  }

  @ParameterizedTest
  @EnumSource(CallPath.class)
  void aViewThatWasNotDeclaredIsRefused(CallPath path) throws Exception {
    harness.open(new Adding(view()), VarLongCoder.of(), path);
    harness.views.ready.add(FIRST);
    assertThatThrownBy(() -> harness.element(1L, 5, FIRST))
        .hasMessageContaining("calling sideInput() with unknown view");
  }

  @Test
  void stateSeesElementsInOrderAndTimersWaitToo() throws Exception {
    harness.open(
        new Appending(), KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()), CallPath.DIRECT);
    harness.views.content(0L);
    harness.element(KV.of("a", 1L), 5, FIRST).element(KV.of("a", 2L), 3, FIRST).advance(50);
    assertThat(harness.out).isEmpty();
    assertThat(harness.watermark).isEqualTo(3);

    harness.views.ready.add(FIRST);
    harness.operator().retry();
    harness.finish();
    assertThat(harness.out).containsExactly("1 @5 [10]", "12 @3 [10]");
    harness.advance(50);
    assertThat(harness.out).containsExactly("1 @5 [10]", "12 @3 [10]", "12! @8 [10]");
    assertThat(harness.watermark).isEqualTo(50);
  }

  @Test
  void whatCameEarlierGoesFirstEvenBeforeARetry() throws Exception {
    harness.open(
        new Appending(), KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of()), CallPath.DIRECT);
    harness.views.content(0L);
    harness.element(KV.of("a", 1L), 5, FIRST);
    harness.views.ready.add(FIRST);
    harness.element(KV.of("a", 2L), 3, FIRST);
    assertThat(harness.out).containsExactly("1 @5 [10]", "12 @3 [10]");
  }

  /** Emits all of its key's digits so far; sets a timer. */
  static final class Appending extends DoFn<KV<String, Long>, String> {
    @StateId("digits")
    private final StateSpec<ValueState<String>> digitsSpec = StateSpecs.value(StringUtf8Coder.of());

    @TimerId("t")
    private final TimerSpec timerSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Long> element,
        @SideInput("v") Long ignored,
        @StateId("digits") ValueState<String> digits,
        @TimerId("t") Timer timer,
        OutputReceiver<String> out) {
      String before = digits.read();
      String now = (before == null ? "" : before) + (element.getValue() + ignored);
      digits.write(now);
      timer.set(Instant.ofEpochMilli(8));
      out.output(now);
    }

    @OnTimer("t")
    public void onTimer(@StateId("digits") ValueState<String> digits, OutputReceiver<String> out) {
      out.output(digits.read() + "!");
    }
  }
}
