package io.purlin.nativerunner.operator.pardo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.invoke.CallPath;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class StatefulParDoOperatorTest {
  private static final KvCoder<String, Long> CODER =
      KvCoder.of(StringUtf8Coder.of(), VarLongCoder.of());
  private static final WindowingStrategy<Object, IntervalWindow> TEN =
      WindowingStrategy.of(FixedWindows.of(Duration.millis(10)));
  private static final IntervalWindow FIRST = window(0);
  private static final IntervalWindow SECOND = window(10);

  private final ParDoHarness harness = new ParDoHarness();

  private static IntervalWindow window(long start) {
    return new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + 10));
  }

  private ParDoHarness open(DoFn<?, ?> fn, WindowingStrategy<?, ?> strategy) throws Exception {
    return harness.windowing(strategy).open(fn, CODER, CallPath.DIRECT);
  }

  private void element(String key, long value, long millis, BoundedWindow... windows) {
    harness.element(KV.of(key, value), millis, windows);
  }

  @Test
  void stateIsByKeyAndWindow() throws Exception {
    open(new Summing(), TEN);
    element("a", 1, 1, FIRST, SECOND);
    element("b", 10, 2, FIRST);
    element("a", 2, 3, FIRST);
    assertThat(harness.out)
        .containsExactly("a1 @1 [10]", "a1 @1 [20]", "b10 @2 [10]", "a3 @3 [10]");
  }

  @Test
  void windowsEndWithTheirStateAndLateElementsAreDropped() throws Exception {
    open(new Summing(), TEN.withAllowedLateness(Duration.millis(5)));
    element("a", 1, 1, FIRST);
    harness.advance(14);
    element("a", 1, 2, FIRST);
    harness.advance(15);
    harness.out.clear();
    element("a", 1, 2, FIRST);
    assertThat(harness.out).as("late by more than 5 ms").isEmpty();
    assertThat(harness.watermark).as("nothing is emitted at the end: no hold").isEqualTo(15);
  }

  /** Emits the sum so far. */
  static final class Summing extends DoFn<KV<String, Long>, String> {
    @StateId("sum")
    private final StateSpec<ValueState<Long>> sumSpec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<String, Long> element,
        @StateId("sum") ValueState<Long> sum,
        OutputReceiver<String> out) {
      Long before = sum.read();
      long after = element.getValue() + (before == null ? 0 : before);
      sum.write(after);
      out.output(element.getKey() + after);
    }
  }

  @Test
  void expirationRunsOnceAKeyAndHoldsTheWatermark() throws Exception {
    open(new Expiring(), TEN.withAllowedLateness(Duration.millis(5)));
    element("a", 1, 1, FIRST);
    element("a", 2, 2, FIRST);
    element("b", 5, 3, FIRST);
    harness.advance(15);
    assertThat(harness.out).isEmpty();
    assertThat(harness.watermark).as("held at the window's end").isEqualTo(9);
    harness.advance(16);
    assertThat(harness.out).containsExactlyInAnyOrder("a=3 @9 [10]", "b=5 @9 [10]");
    assertThat(harness.watermark).isEqualTo(16);
    harness.advanceToEnd();
    assertThat(harness.out).hasSize(2);
  }

  @Test
  void globalWindowEndsWithTheInput() throws Exception {
    open(new Expiring(), WindowingStrategy.globalDefault());
    element("a", 1, 1);
    element("a", 2, 2);
    harness.advance(1_000);
    assertThat(harness.out).isEmpty();
    harness.advanceToEnd();
    assertThat(harness.out).hasSize(1).first().asString().startsWith("a=3 @");
    assertThat(harness.watermark).isEqualTo(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis());
  }

  /** Emits the sum when the window has expired. */
  static final class Expiring extends DoFn<KV<String, Long>, String> {
    @StateId("sum")
    private final StateSpec<ValueState<Long>> sumSpec = StateSpecs.value(VarLongCoder.of());

    @ProcessElement
    public void process(
        @Element KV<String, Long> element, @AlwaysFetched @StateId("sum") ValueState<Long> sum) {
      Long before = sum.read();
      sum.write(element.getValue() + (before == null ? 0 : before));
    }

    @OnWindowExpiration
    public void expire(
        @Key String key, @StateId("sum") ValueState<Long> sum, OutputReceiver<String> out) {
      out.output(key + "=" + sum.read());
    }
  }

  @Test
  void timersFireInOrderWithTheirKeyAndHoldAtTheirOutputTimestamp() throws Exception {
    open(new Timing(), WindowingStrategy.globalDefault());
    element("a", 30, 5);
    element("b", 20, 6);
    harness.advance(15);
    assertThat(harness.watermark).as("held by the first timer").isEqualTo(5);
    harness.advance(100);
    assertThat(harness.out)
        .containsExactly("b at 20 EVENT_TIME @6", "a at 30 EVENT_TIME @5", "a again @40");
    assertThat(harness.watermark).isEqualTo(100);
  }

  /** Sets a timer for the element's value; key a's sets another. */
  static final class Timing extends DoFn<KV<String, Long>, String> {
    @TimerId("t")
    private final TimerSpec spec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @TimerId("again")
    private final TimerSpec againSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<String, Long> element, @Timestamp Instant time, @TimerId("t") Timer timer) {
      timer.withOutputTimestamp(time).set(Instant.ofEpochMilli(element.getValue()));
    }

    @OnTimer("t")
    public void onTimer(
        @Key String key,
        OnTimerContext c,
        TimeDomain domain,
        @TimerId("again") Timer again,
        OutputReceiver<String> out) {
      out.output(key + " at " + c.fireTimestamp().getMillis() + " " + domain);
      if (key.equals("a")) {
        again.set(Instant.ofEpochMilli(40));
      }
    }

    @OnTimer("again")
    public void onAgain(@Key String key, OutputReceiver<String> out) {
      out.output(key + " again");
    }
  }

  @Test
  void timersBeyondTheWindowAreRefused() throws Exception {
    open(new Timing(), TEN);
    assertThatThrownBy(() -> element("a", 30, 5, FIRST))
        .hasMessageContaining("after the expiration of window");
  }

  @Test
  void processingTimersFireAndFamiliesKeepTheirTimersApart() throws Exception {
    open(new Families(), WindowingStrategy.globalDefault());
    element("x", 10, 5);
    element("y", 20, 6);
    harness.finish();
    assertThat(harness.operator().nextProcessingTimeMillis()).isLessThanOrEqualTo(11);
    harness.clock.advance(15);
    harness.operator().advanceProcessingTime(15);
    harness.finish();
    assertThat(harness.out).containsExactly("x PROCESSING_TIME @5");
    harness.clock.advance(15);
    harness.operator().advanceProcessingTime(30);
    harness.finish();
    assertThat(harness.out).containsExactly("x PROCESSING_TIME @5", "y PROCESSING_TIME @6");
  }

  /** One timer an element, named by its key. */
  static final class Families extends DoFn<KV<String, Long>, String> {
    @SuppressWarnings("UnusedVariable") // Beam finds it by its annotation
    @TimerFamily("f")
    private final TimerSpec spec = TimerSpecs.timerMap(TimeDomain.PROCESSING_TIME);

    @ProcessElement
    public void process(@Element KV<String, Long> element, @TimerFamily("f") TimerMap timers) {
      timers.get(element.getKey()).offset(Duration.millis(element.getValue())).setRelative();
    }

    @OnTimerFamily("f")
    public void onTimer(@TimerId String id, TimeDomain domain, OutputReceiver<String> out) {
      out.output(id + " " + domain);
    }
  }

  @Test
  void sortedInputComesInTheOrderOfTimeOncePastLateness() throws Exception {
    open(new Sorted(), TEN.withAllowedLateness(Duration.millis(3)));
    element("a", 1, 7, FIRST);
    element("a", 2, 3, FIRST);
    element("a", 3, 5, FIRST);
    element("a", 4, 3, FIRST);
    harness.advance(6);
    assertThat(harness.out).isEmpty();
    assertThat(harness.watermark).isEqualTo(3);
    harness.advance(9);
    assertThat(harness.out).containsExactly("2 @3 [10]", "4 @3 [10]", "3 @5 [10]");
    assertThat(harness.watermark).isEqualTo(7);
    element("a", 5, 5, FIRST);
    element("a", 6, 6, FIRST);
    harness.advance(20);
    assertThat(harness.out)
        .containsExactly("2 @3 [10]", "4 @3 [10]", "3 @5 [10]", "6 @6 [10]", "1 @7 [10]");
    assertThat(harness.watermark).isEqualTo(20);
  }

  @Test
  void sortedInputInTheGlobalWindowComesAtTheEnd() throws Exception {
    open(new Sorted(), WindowingStrategy.globalDefault());
    element("a", 1, 7);
    element("b", 2, 3);
    element("a", 3, 5);
    harness.advanceToEnd();
    assertThat(harness.out).containsExactly("2 @3", "3 @5", "1 @7");
  }

  /** Emits what it gets, which is sorted. */
  static final class Sorted extends DoFn<KV<String, Long>, Long> {
    @StateId("any")
    private final StateSpec<ValueState<Long>> spec = StateSpecs.value(VarLongCoder.of());

    @RequiresTimeSortedInput
    @ProcessElement
    public void process(
        @Element KV<String, Long> element,
        @StateId("any") ValueState<Long> any,
        OutputReceiver<Long> out) {
      any.write(element.getValue());
      out.output(element.getValue());
    }
  }

  @Test
  void mergingWindowsAreRefused() {
    harness.windowing(WindowingStrategy.of(Sessions.withGapDuration(Duration.millis(5))));
    assertThatThrownBy(() -> harness.create(new Summing(), CODER, CallPath.DIRECT))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void elementsWithoutKeysAreRefused() {
    assertThatThrownBy(() -> harness.create(new Summing(), VarLongCoder.of(), CallPath.DIRECT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("key-value pairs");
  }
}
