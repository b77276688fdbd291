package io.purlin.nativerunner.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.purlin.nativerunner.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.StateNamespace;
import org.apache.beam.runners.core.StateNamespaces;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedTimersTest {
  private static final StateNamespace WINDOW = window(0, 100);
  private static final StateNamespace OTHER = window(100, 200);

  private final ManualClock clock = new ManualClock(1000);
  private final KeyedScope scope =
      new KeyedScope(
          new KeyedScopeSpec("step", StringUtf8Coder.of(), IntervalWindow.getCoder(), 128), clock);
  private final List<String> fired = new ArrayList<>();

  private static StateNamespace window(long start, long end) {
    return StateNamespaces.window(
        IntervalWindow.getCoder(),
        new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)));
  }

  private void set(String key, StateNamespace namespace, String id, long time, long output) {
    set(key, namespace, id, time, output, TimeDomain.EVENT_TIME);
  }

  private void set(
      String key, StateNamespace namespace, String id, long time, long output, TimeDomain domain) {
    scope.setKey(key);
    scope
        .timerInternals()
        .setTimer(
            namespace, id, "", Instant.ofEpochMilli(time), Instant.ofEpochMilli(output), domain);
  }

  private List<String> fireEvent(long watermark) {
    fired.clear();
    scope.inputWatermark(watermark);
    scope.fireEventTimers((key, timer) -> record(key, timer));
    return fired;
  }

  private List<String> fireProcessing(long now) {
    fired.clear();
    scope.fireProcessingTimers(now, (key, timer) -> record(key, timer));
    return fired;
  }

  private void record(@Nullable Object key, TimerData timer) {
    assertThat(scope.currentKey()).isSameAs(key);
    fired.add(key + ":" + timer.getTimerId() + "@" + timer.getTimestamp().getMillis());
  }

  @Test
  void timersFireInTheOrderOfTimeOverAllKeys() {
    set("b", WINDOW, "t", 30, 30);
    set("a", WINDOW, "t", 20, 20);
    set("c", OTHER, "t", 10, 10);
    set("a", OTHER, "t", 40, 40);
    assertThat(fireEvent(35)).containsExactly("c:t@10", "a:t@20", "b:t@30");
    assertThat(fireEvent(100)).containsExactly("a:t@40");
    assertThat(fireEvent(200)).isEmpty();
  }

  @Test
  void aTimerIsDueOnceTheWatermarkHasPassedIt() {
    set("a", WINDOW, "t", 20, 20);
    scope.inputWatermark(20);
    assertThat(scope.hasDueEventTimers()).isFalse();
    assertThat(fireEvent(20)).isEmpty();
    scope.inputWatermark(21);
    assertThat(scope.hasDueEventTimers()).isTrue();
    assertThat(fireEvent(21)).containsExactly("a:t@20");
  }

  @Test
  void synchronizedTimeHasReachedWhatProcessingTimeMustHavePassed() {
    set("a", WINDOW, "synchronized", 1000, 1000, TimeDomain.SYNCHRONIZED_PROCESSING_TIME);
    set("a", WINDOW, "processing", 1000, 1000, TimeDomain.PROCESSING_TIME);
    assertThat(scope.nextProcessingTimeMillis()).isEqualTo(1000);

    List<Instant> seen = new ArrayList<>();
    scope.fireProcessingTimers(
        1000,
        (key, timer) -> {
          record(key, timer);
          seen.add(scope.timerInternals().currentSynchronizedProcessingTime());
        });

    assertThat(fired).containsExactly("a:synchronized@1000");
    // What asks whether the time of its timer has passed is told so.
    assertThat(seen).containsExactly(Instant.ofEpochMilli(1001));
    assertThat(fireProcessing(1001)).containsExactly("a:processing@1000");
  }

  @Test
  void timersSetWhileFiringTakeTheirTurn() {
    set("a", WINDOW, "first", 10, 10);
    set("b", WINDOW, "last", 30, 30);
    scope.inputWatermark(100);
    boolean any =
        scope.fireEventTimers(
            (key, timer) -> {
              record(key, timer);
              if (timer.getTimestamp().getMillis() == 10) {
                set("c", WINDOW, "between", 20, 20);
                set("a", WINDOW, "first", 90, 90);
                set("c", WINDOW, "later", 100, 100);
              }
            });
    assertThat(any).isTrue();
    assertThat(fired).containsExactly("a:first@10", "c:between@20", "b:last@30", "a:first@90");
  }

  @Test
  void settingAgainReplaces() {
    set("a", WINDOW, "t", 20, 20);
    set("a", WINDOW, "t", 50, 50);
    assertThat(fireEvent(40)).isEmpty();
    set("a", WINDOW, "t", 30, 30);
    assertThat(fireEvent(41)).containsExactly("a:t@30");
    assertThat(fireEvent(100)).isEmpty();
  }

  @Test
  void keyNamespaceFamilyAndIdTellTimersApart() {
    set("a", WINDOW, "t", 20, 20);
    set("b", WINDOW, "t", 20, 20);
    set("a", OTHER, "t", 20, 20);
    set("a", WINDOW, "u", 20, 20);
    scope.setKey("a");
    scope
        .timerInternals()
        .setTimer(
            WINDOW,
            "t",
            "family",
            Instant.ofEpochMilli(20),
            Instant.ofEpochMilli(20),
            TimeDomain.EVENT_TIME);
    assertThat(fireEvent(21)).hasSize(5);
  }

  @Test
  void aDeletedTimerDoesNotFire() {
    set("a", WINDOW, "t", 20, 10);
    set("b", WINDOW, "t", 20, 10);
    scope.setKey("a");
    scope.timerInternals().deleteTimer(WINDOW, "t", "", TimeDomain.EVENT_TIME);
    assertThat(fireEvent(21)).containsExactly("b:t@20");
    assertThat(scope.holdMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void manyTimersOfOneKey() {
    for (int i = 0; i < 1000; i++) {
      set("a", WINDOW, "t" + i, 1000 - i, 1000 - i);
    }
    for (int i = 0; i < 1000; i += 2) {
      scope.timerInternals().deleteTimer(WINDOW, "t" + i, "", TimeDomain.EVENT_TIME);
    }
    set("a", WINDOW, "t1", 5, 5);
    List<String> all = fireEvent(2000);
    assertThat(all).hasSize(500);
    assertThat(all).startsWith("a:t999@1", "a:t997@3", "a:t995@5", "a:t1@5");
  }

  @Test
  void oneIdHasOneTimeDomain() {
    set("a", WINDOW, "t", 20, 20);
    assertThatThrownBy(() -> set("a", WINDOW, "t", 20, 20, TimeDomain.PROCESSING_TIME))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("timer t");
  }

  @Test
  void processingTimersFireByTheClock() {
    set("a", WINDOW, "p", 1500, 10, TimeDomain.PROCESSING_TIME);
    set("a", WINDOW, "s", 1200, 10, TimeDomain.PROCESSING_TIME);
    assertThat(scope.nextProcessingTimeMillis()).isEqualTo(1201);
    assertThat(scope.hasDueProcessingTimers(1200)).isFalse();
    assertThat(fireProcessing(1200)).isEmpty();
    assertThat(scope.hasDueProcessingTimers(1201)).isTrue();
    assertThat(fireProcessing(1201)).containsExactly("a:s@1200");
    assertThat(fireProcessing(5000)).containsExactly("a:p@1500");
    assertThat(scope.nextProcessingTimeMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(fireEvent(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis())).isEmpty();
  }

  @Test
  void anEarlierOutputTimestampHolds() {
    set("a", WINDOW, "t", 50, 20);
    set("b", WINDOW, "t", 50, 30);
    assertThat(scope.holdMillis()).isEqualTo(20);
    set("a", WINDOW, "t", 60, 40);
    assertThat(scope.holdMillis()).isEqualTo(30);
    fireEvent(55);
    assertThat(scope.holdMillis()).isEqualTo(40);
    fireEvent(65);
    assertThat(scope.holdMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void userTimersOfProcessingTimeHoldAndThoseOfTriggersDoNot() {
    set("a", WINDOW, "user", 2000, 20, TimeDomain.PROCESSING_TIME);
    assertThat(scope.holdMillis()).isEqualTo(20);
    scope
        .timerInternals()
        .setTimer(
            TimerData.of(
                "trigger",
                "",
                WINDOW,
                Instant.ofEpochMilli(2000),
                Instant.ofEpochMilli(5),
                TimeDomain.PROCESSING_TIME));
    assertThat(scope.holdMillis()).isEqualTo(20);
    assertThat(fireProcessing(3000)).containsExactly("a:user@2000", "a:trigger@2000");
    assertThat(scope.holdMillis()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void noOutputTimestampHoldsNothing() {
    long none = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis() + 1;
    set("a", WINDOW, "t", 2000, none, TimeDomain.PROCESSING_TIME);
    set("a", WINDOW, "u", 50, none);
    assertThat(scope.holdMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(fireEvent(60)).containsExactly("a:u@50");
  }

  @Test
  void clearingANamespaceDeletesItsTimersOfTheCurrentKey() {
    set("a", WINDOW, "t", 20, 10);
    set("a", WINDOW, "p", 1500, 10, TimeDomain.PROCESSING_TIME);
    set("a", OTHER, "t", 20, 20);
    set("b", WINDOW, "t", 20, 20);
    scope.setKey("a");
    scope.clear(WINDOW);
    assertThat(scope.holdMillis()).isEqualTo(Long.MAX_VALUE);
    assertThat(fireEvent(100)).containsExactly("a:t@20", "b:t@20");
    assertThat(fireProcessing(5000)).isEmpty();
  }

  @Test
  void timersSeeTimeAndWatermarks() {
    assertThat(scope.timerInternals().currentInputWatermarkTime())
        .isEqualTo(BoundedWindow.TIMESTAMP_MIN_VALUE);
    scope.inputWatermark(20);
    scope.outputWatermark(10);
    clock.advance(5);
    assertThat(scope.timerInternals().currentInputWatermarkTime().getMillis()).isEqualTo(20);
    assertThat(scope.timerInternals().currentOutputWatermarkTime())
        .isEqualTo(Instant.ofEpochMilli(10));
    assertThat(scope.timerInternals().currentProcessingTime().getMillis()).isEqualTo(1005);
  }

  /**
   * A trigger takes the time that a pane waits for from the clock, then asks whether it has passed.
   */
  @Test
  void synchronizedTimePassesTheClockWhileTimersFireOnly() {
    Instant start = Instant.ofEpochMilli(clock.millis());
    clock.advance(5);
    assertThat(scope.timerInternals().currentSynchronizedProcessingTime()).isEqualTo(start);

    set("a", WINDOW, "t", clock.millis(), 0, TimeDomain.SYNCHRONIZED_PROCESSING_TIME);
    List<Instant> seen = new ArrayList<>();
    scope.fireProcessingTimers(
        clock.millis(),
        this::record,
        () -> seen.add(scope.timerInternals().currentSynchronizedProcessingTime()));

    assertThat(fired).containsExactly("a:t@1005");
    assertThat(seen).containsExactly(Instant.ofEpochMilli(1006));
    assertThat(scope.timerInternals().currentSynchronizedProcessingTime())
        .isEqualTo(Instant.ofEpochMilli(1005));
  }

  @Test
  void synchronizedTimeWaitsForWhatIsOnItsWay() {
    KeyedScope behind =
        new KeyedScope(
            new KeyedScopeSpec("step", StringUtf8Coder.of(), IntervalWindow.getCoder(), 128),
            clock.behindExchange(50));
    behind.setKey("a");
    behind
        .timerInternals()
        .setTimer(
            WINDOW,
            "t",
            "",
            Instant.ofEpochMilli(1000),
            Instant.ofEpochMilli(1000),
            TimeDomain.SYNCHRONIZED_PROCESSING_TIME);

    assertThat(behind.nextProcessingTimeMillis()).isEqualTo(1050);
    assertThat(behind.fireProcessingTimers(1049, (key, timer) -> fired.add(timer.getTimerId())))
        .isFalse();
    List<Instant> seen = new ArrayList<>();
    behind.fireProcessingTimers(
        1050,
        (key, timer) -> fired.add(timer.getTimerId()),
        () -> seen.add(behind.timerInternals().currentSynchronizedProcessingTime()));
    assertThat(fired).containsExactly("t");
    assertThat(seen).containsExactly(Instant.ofEpochMilli(1001));
  }

  @Test
  void timersKeepKeysThatAreEqualByEncodingOnly() {
    KeyedScope arrays =
        new KeyedScope(
            new KeyedScopeSpec("step", ByteArrayCoder.of(), IntervalWindow.getCoder(), 128), clock);
    for (int i = 0; i < 3; i++) {
      arrays.setKey(new byte[] {1, 2});
      arrays
          .timerInternals()
          .setTimer(
              WINDOW,
              "t",
              "",
              Instant.ofEpochMilli(20 + i),
              Instant.ofEpochMilli(20),
              TimeDomain.EVENT_TIME);
    }
    arrays.inputWatermark(100);
    List<TimerData> seen = new ArrayList<>();
    arrays.fireEventTimers(
        (key, timer) -> {
          assertThat((byte[]) key).containsExactly(1, 2);
          seen.add(timer);
        });
    assertThat(seen).hasSize(1);
    assertThat(seen.get(0).getTimestamp().getMillis()).isEqualTo(22);
    assertThat(seen.get(0).getOutputTimestamp().getMillis()).isEqualTo(20);
    assertThat(seen.get(0).getNamespace()).isEqualTo(WINDOW);
  }
}
