package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.state.StateSpec;
import org.apache.beam.sdk.state.StateSpecs;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.state.TimerSpec;
import org.apache.beam.sdk.state.TimerSpecs;
import org.apache.beam.sdk.state.ValueState;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers that are set when the job crashes fire once, at their time, and hold what they held. */
class RestartTimersTest {
  private static final long LOOP_MILLIS = 10;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void timersOfEveryKind(long seed) {
    Map<String, Long> outputs =
        new Disturbed(RestartTimersTest::timers).comesToTheSame(seed, 2, 4, 1);
    assertThat(outputs.keySet().stream().filter(each -> each.contains("loop")))
        .hasSizeGreaterThan(50);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void timersOfProcessingTime(long seed) {
    // Undisturbed, the end of time would overtake them.
    Map<String, Long> outputs =
        new Disturbed(
                pipeline ->
                    pipeline
                        .apply(Read.from(new Ticks("ticks", 3, TICKS)))
                        .apply(ParDo.of(new FiresOnce()))
                        .apply(ParDo.of(new Outputs<>("fired"))))
            .disturbed(seed, 2, 4, 1);
    assertThat(outputs).hasSize(3).doesNotContainValue(2L);
  }

  private static void timers(Pipeline pipeline) {
    PCollection<KV<Long, String>> fired =
        pipeline.apply(Read.from(new Ticks("ticks", 3, TICKS))).apply(ParDo.of(new SetsTimers()));
    fired.apply("Fired", ParDo.of(new Outputs<>("fired")));
    // A hold that is lost lets the watermark pass, and what it held is dropped here as late.
    fired
        .apply(Window.into(FixedWindows.of(Duration.millis(20))))
        .apply(Count.perKey())
        .apply("Counts", ParDo.of(new Outputs<>("counts")));
  }

  static final class SetsTimers extends DoFn<KV<Long, Long>, KV<Long, String>> {
    private static final long serialVersionUID = 1L;

    @StateId("seen")
    private final StateSpec<ValueState<Long>> seenSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId("loop")
    private final TimerSpec loopSpec = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @TimerFamily("held")
    final TimerSpec heldSpec = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<Long, Long> tick,
        @Timestamp Instant timestamp,
        @StateId("seen") ValueState<Long> seen,
        @TimerId("loop") Timer loop,
        @TimerFamily("held") TimerMap held) {
      Long before = seen.read();
      seen.write(before == null ? 1 : before + 1);
      if (before == null) {
        loop.set(timestamp.plus(Duration.millis(LOOP_MILLIS)));
      }
      if (tick.getValue() % 7 == 0) {
        held.get("timer" + tick.getValue())
            .withOutputTimestamp(timestamp)
            .set(timestamp.plus(Duration.millis(60)));
      }
    }

    @OnTimer("loop")
    public void loop(
        OnTimerContext context,
        @Key Long key,
        @StateId("seen") ValueState<Long> seen,
        @TimerId("loop") Timer loop) {
      context.output(KV.of(key, "loop " + context.fireTimestamp().getMillis()));
      if (context.fireTimestamp().getMillis() < TICKS) {
        loop.set(context.fireTimestamp().plus(Duration.millis(LOOP_MILLIS)));
      }
    }

    @OnTimerFamily("held")
    public void held(OnTimerContext context, @Key Long key, @TimerId String id) {
      context.output(KV.of(key, id + " at " + context.fireTimestamp().getMillis()));
    }
  }

  /** Fires soon after the first element of a key, and for no other. */
  static final class FiresOnce extends DoFn<KV<Long, Long>, Long> {
    private static final long serialVersionUID = 1L;

    @StateId("seen")
    private final StateSpec<ValueState<Long>> seenSpec = StateSpecs.value(VarLongCoder.of());

    @TimerId("soon")
    private final TimerSpec soonSpec = TimerSpecs.timer(TimeDomain.PROCESSING_TIME);

    @ProcessElement
    public void process(@StateId("seen") ValueState<Long> seen, @TimerId("soon") Timer soon) {
      if (seen.read() == null) {
        seen.write(1L);
        soon.offset(Duration.millis(1)).setRelative();
      }
    }

    @OnTimer("soon")
    public void soon(OnTimerContext context, @Key Long key) {
      context.output(key);
    }
  }
}
