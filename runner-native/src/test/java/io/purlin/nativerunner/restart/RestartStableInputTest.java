package io.purlin.nativerunner.restart;

import static io.purlin.nativerunner.restart.Disturbed.TICKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
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
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.ParDo;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollection;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The elements that a DoFn which requires stable input was called with, it is called with again.
 */
class RestartStableInputTest {
  /** What each call had that a DoFn may have done something with outside, by the call. */
  private static final ConcurrentMap<String, String> CALLS = new ConcurrentHashMap<>();

  @BeforeEach
  void nothingWasCalled() {
    CALLS.clear();
  }

  private static void calledWith(String call, String content) {
    String before = CALLS.putIfAbsent(call, content);
    if (before != null && !before.equals(content)) {
      throw new IllegalStateException(call + " has " + content + ", had " + before);
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "2, 3, 1", "3, 2, 2"})
  void elementsAreTheSameAgain(long seed, int before, int after) {
    Map<String, Long> outputs =
        new Disturbed(
                pipeline ->
                    random(pipeline)
                        .apply("Stable", ParDo.of(new Stable()))
                        .apply(ParDo.of(new Outputs<>("stable"))))
            .disturbed(seed, 2, before, after);
    assertThat(CALLS).hasSize(2 * (int) TICKS);
    assertThat(outputs).hasSize(2 * (int) TICKS).allSatisfy((output, n) -> assertThat(n).isOne());
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 2", "2, 3, 1", "3, 2, 2"})
  void whatATimerFindsOfAnElementIsTheSameAgain(long seed, int before, int after) {
    Map<String, Long> outputs =
        new Disturbed(
                pipeline ->
                    random(pipeline)
                        .apply(Window.into(FixedWindows.of(Duration.millis(50))))
                        .apply("AtTimer", ParDo.of(new StableAtTimer()))
                        .apply(ParDo.of(new Outputs<>("timers"))))
            .disturbed(seed, 2, before, after);
    assertThat(CALLS).isNotEmpty();
    assertThat(outputs).isNotEmpty();
  }

  /** By the time of the timer, so that it does not matter which it finds, but what. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "3, 3", "4, 2", "5, 1", "6, 2"})
  void allThatATimerFindsIsTheSameAgain(long seed, int parallelism) {
    Map<String, Long> outputs =
        new Disturbed(
                pipeline ->
                    random(pipeline)
                        .apply("AtTimers", ParDo.of(new StableAtTimers()))
                        .apply(ParDo.of(new Outputs<>("timers"))))
            .disturbed(seed, parallelism, parallelism);
    assertThat(CALLS).hasSize(2 * (int) TICKS);
    assertThat(outputs).hasSize(2 * (int) TICKS);
  }

  /** Elements that are others whenever they are made. */
  private static PCollection<KV<Long, KV<Long, String>>> random(Pipeline pipeline) {
    return pipeline
        .apply(Read.from(new Ticks("ticks", 2, TICKS)))
        .apply("Random", ParDo.of(new RandomId()))
        .setCoder(
            KvCoder.of(VarLongCoder.of(), KvCoder.of(VarLongCoder.of(), StringUtf8Coder.of())));
  }

  static final class RandomId extends DoFn<KV<Long, Long>, KV<Long, KV<Long, String>>> {
    @ProcessElement
    public void process(
        @Element KV<Long, Long> tick, OutputReceiver<KV<Long, KV<Long, String>>> out) {
      out.output(KV.of(tick.getKey(), KV.of(tick.getValue(), UUID.randomUUID().toString())));
    }
  }

  static final class Stable extends DoFn<KV<Long, KV<Long, String>>, KV<Long, Long>> {
    @ProcessElement
    @RequiresStableInput
    public void process(
        @Element KV<Long, KV<Long, String>> element, OutputReceiver<KV<Long, Long>> out) {
      KV<Long, String> content = element.getValue();
      calledWith(element.getKey() + ":" + content.getKey(), content.getValue());
      out.output(KV.of(element.getKey(), content.getKey()));
    }
  }

  /** Remembers the last id of a window, and does something with it when the window ends. */
  static final class StableAtTimer extends DoFn<KV<Long, KV<Long, String>>, KV<Long, Long>> {
    @StateId("last")
    private final StateSpec<ValueState<KV<Long, String>>> last =
        StateSpecs.value(KvCoder.of(VarLongCoder.of(), StringUtf8Coder.of()));

    @TimerId("end")
    private final TimerSpec end = TimerSpecs.timer(TimeDomain.EVENT_TIME);

    @ProcessElement
    public void process(
        @Element KV<Long, KV<Long, String>> element,
        @StateId("last") ValueState<KV<Long, String>> state,
        @TimerId("end") Timer timer) {
      KV<Long, String> before = state.read();
      if (before == null || before.getKey() < element.getValue().getKey()) {
        state.write(element.getValue());
      }
      timer.offset(Duration.ZERO).setRelative();
    }

    @OnTimer("end")
    @RequiresStableInput
    public void onEnd(
        @Key Long key,
        @StateId("last") ValueState<KV<Long, String>> state,
        OutputReceiver<KV<Long, Long>> out) {
      KV<Long, String> content = state.read();
      if (content == null) {
        throw new IllegalStateException("a timer without an element");
      }
      calledWith(key + ":" + content.getKey(), content.getValue());
      out.output(KV.of(key, content.getKey()));
    }
  }

  /** Counts elements, and does something with the number at a timer for each of them. */
  static final class StableAtTimers extends DoFn<KV<Long, KV<Long, String>>, KV<Long, Long>> {
    @StateId("count")
    private final StateSpec<ValueState<Long>> count = StateSpecs.value(VarLongCoder.of());

    @TimerFamily("at")
    final TimerSpec at = TimerSpecs.timerMap(TimeDomain.EVENT_TIME);

    @ProcessElement
    @RequiresStableInput
    public void process(
        @Element KV<Long, KV<Long, String>> element,
        @Timestamp Instant timestamp,
        @StateId("count") ValueState<Long> state,
        @TimerFamily("at") TimerMap timers) {
      Long before = state.read();
      state.write(before == null ? 1 : before + 1);
      timers.set("at" + element.getValue().getKey(), timestamp);
    }

    @OnTimerFamily("at")
    public void onTimer(
        @Key Long key,
        @TimerId String timer,
        @Timestamp Instant timestamp,
        @StateId("count") ValueState<Long> state,
        OutputReceiver<KV<Long, Long>> out) {
      calledWith(key + ":" + timer, String.valueOf(state.read()));
      out.output(KV.of(key, timestamp.getMillis()));
    }
  }
}
