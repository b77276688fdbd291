package io.purlin.nativerunner.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.apache.beam.sdk.coders.ByteArrayCoder;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Sessions;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.TimestampCombiner;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

class PreCombineOperatorTest {
  private static final List<BoundedWindow> FIRST = window(0, 10);
  private static final List<BoundedWindow> SECOND = window(10, 20);
  private static final WindowingStrategy<?, ?> STRATEGY =
      WindowingStrategy.of(FixedWindows.of(Duration.millis(10)))
          .withAllowedLateness(Duration.millis(100))
          .withTimestampCombiner(TimestampCombiner.LATEST);

  @Test
  void emitsOneAccumulatorPerKeyAndWindowAtTheEndOfTheBundle() {
    GroupingHarness harness = before(spec(STRATEGY, StringUtf8Coder.of()));
    harness.element("a", 1, 3, FIRST);
    harness.element("a", 2, 7, FIRST);
    harness.element("a", 4, 5, FIRST);
    harness.element("b", 8, 1, FIRST);
    harness.element("a", 16, 12, SECOND);
    assertThat(harness.takePanes()).isEmpty();

    harness.finishBundle();

    assertThat(harness.takePanes().stream().map(PreCombineOperatorTest::text))
        .containsExactlyInAnyOrder("a=7@7 " + FIRST, "b=8@1 " + FIRST, "a=16@12 " + SECOND);
  }

  @Test
  void keysAreEqualByTheirEncoding() {
    GroupingHarness harness = before(spec(STRATEGY, ByteArrayCoder.of()));
    harness.element(new byte[] {1}, 1, 0, FIRST);
    harness.element(new byte[] {1}, 2, 0, FIRST);
    harness.finishBundle();

    assertThat(harness.takePanes()).hasSize(1);
  }

  @Test
  void slidingWindowsAreCombinedBySlice() {
    SlidingWindows windows = SlidingWindows.of(Duration.millis(20)).every(Duration.millis(10));
    List<BoundedWindow> slice = List.of(window(0, 20).get(0), window(10, 30).get(0));
    GroupingHarness harness = before(spec(WindowingStrategy.of(windows), StringUtf8Coder.of()));
    harness.element("a", 1, 13, slice);
    harness.element("a", 2, 17, slice);
    harness.element("b", 4, 15, slice);
    harness.finishBundle();

    assertThat(harness.takePanes().stream().map(PreCombineOperatorTest::text))
        .containsExactlyInAnyOrder(
            "a=3@13 " + window(0, 20),
            "a=3@13 " + window(10, 30),
            "b=4@15 " + window(0, 20),
            "b=4@15 " + window(10, 30));
    assertThat(harness.takeEmitted()).isEqualTo(2);
  }

  @Test
  void lateElementsGoThroughAlone() {
    GroupingHarness harness = before(spec(STRATEGY, StringUtf8Coder.of()));
    harness.watermark(11);
    harness.element("a", 1, 3, FIRST);
    harness.element("a", 2, 4, FIRST);

    assertThat(harness.takePanes().stream().map(PreCombineOperatorTest::text))
        .containsExactly("a=1@3 " + FIRST, "a=2@4 " + FIRST);
  }

  @Test
  void expiredElementsAreDropped() {
    GroupingHarness harness = before(spec(STRATEGY, StringUtf8Coder.of()));
    harness.watermark(500);
    harness.element("a", 1, 3, FIRST);
    harness.finishBundle();

    assertThat(harness.takePanes()).isEmpty();
    assertThat(harness.outputWatermark()).isEqualTo(500);
  }

  @Test
  void aFullTableIsFlushedWithinTheBundle() {
    GroupingHarness harness = before(spec(STRATEGY, StringUtf8Coder.of()));
    IntStream.range(0, PreCombineOperator.MOST_CELLS + 1)
        .forEach(i -> harness.element("key" + i, 1, 0, FIRST));

    assertThat(harness.takePanes()).hasSize(PreCombineOperator.MOST_CELLS);
    harness.finishBundle();
    assertThat(harness.takePanes()).hasSize(1);
  }

  @Test
  void goesThroughAloneForAWhileWhereNoKeyComesTwice() {
    GroupingHarness harness = before(spec(STRATEGY, StringUtf8Coder.of()));
    for (int i = 0; i < PreCombineOperator.TRIAL; i++) {
      harness.element("key" + i, 1, 0, FIRST);
    }
    assertThat(harness.takePanes()).hasSize(PreCombineOperator.TRIAL);

    for (int i = 0; i < PreCombineOperator.ALONE; i++) {
      harness.element("a", i, 5, FIRST);
      assertThat(harness.takePanes().stream().map(PreCombineOperatorTest::text))
          .containsExactly("a=" + i + "@5 " + FIRST);
    }

    harness.element("a", 1, 3, FIRST);
    harness.element("a", 2, 7, FIRST);
    assertThat(harness.takePanes()).isEmpty();
    harness.finishBundle();
    assertThat(harness.takePanes().stream().map(PreCombineOperatorTest::text))
        .containsExactly("a=3@7 " + FIRST);
  }

  @Test
  void goesOnCombiningWhereKeysComeAgain() {
    GroupingHarness harness = before(spec(STRATEGY, StringUtf8Coder.of()));
    int emitted = 0;
    for (int i = 0; i < 4 * PreCombineOperator.TRIAL; i++) {
      harness.element("key" + i / 2, 1, 0, FIRST);
      emitted += harness.takePanes().size();
    }
    harness.finishBundle();
    emitted += harness.takePanes().size();
    // Two values for a cell, but where the table was full between them.
    assertThat(emitted).isBetween(2 * PreCombineOperator.TRIAL, 2 * PreCombineOperator.TRIAL + 8);
  }

  @Test
  void slicesGoThroughAloneAsSlices() {
    SlidingWindows windows = SlidingWindows.of(Duration.millis(20)).every(Duration.millis(10));
    List<BoundedWindow> slice = List.of(window(0, 20).get(0), window(10, 30).get(0));
    GroupingHarness harness = before(spec(WindowingStrategy.of(windows), StringUtf8Coder.of()));
    for (int i = 0; i < PreCombineOperator.TRIAL; i++) {
      harness.element("key" + i, 1, 13, slice);
    }
    harness.takePanes();
    harness.takeEmitted();

    harness.element("a", 1, 13, slice);
    assertThat(harness.takePanes().stream().map(PreCombineOperatorTest::text))
        .containsExactlyInAnyOrder("a=1@13 " + window(0, 20), "a=1@13 " + window(10, 30));
    assertThat(harness.takeEmitted()).isEqualTo(1);
  }

  @Test
  void theGroupingAfterItTakesAccumulators() {
    GroupingSpec spec = spec(STRATEGY, StringUtf8Coder.of());
    for (boolean general : new boolean[] {false, true}) {
      GroupingHarness first = before(spec);
      GroupingHarness second =
          new GroupingHarness(
              general
                  ? context -> new GeneralGroupingOperator(spec.ofAccumulators(), context)
                  : new GroupingFactory(spec.ofAccumulators()));
      for (int bundle = 0; bundle < 3; bundle++) {
        first.element("a", 1, bundle, FIRST);
        first.element("a", 2, bundle, FIRST);
        first.finishBundle();
      }
      first
          .takePanes()
          .forEach(
              pane ->
                  second.element(
                      pane.key(), pane.value(), pane.timestamp(), List.of(pane.window())));
      second.watermark(11);

      assertThat(second.takePanes().stream().map(PreCombineOperatorTest::text))
          .containsExactly("a=9@2 " + FIRST);
    }
  }

  @Test
  void saysWhyValuesMustNotBeCombinedBefore() {
    GroupingSpec counting =
        spec(
            STRATEGY.withTrigger(Repeatedly.forever(AfterPane.elementCountAtLeast(2))),
            StringUtf8Coder.of());
    GroupingSpec merging =
        spec(
            WindowingStrategy.of(Sessions.withGapDuration(Duration.millis(5))),
            StringUtf8Coder.of());
    GroupingSpec keeping =
        new GroupingSpec("group", StringUtf8Coder.of(), VarIntCoder.of(), STRATEGY, null);

    assertThat(PreCombineFactory.reasonAgainst(counting)).contains("single elements");
    assertThat(PreCombineFactory.reasonAgainst(merging)).contains("windows merge");
    assertThat(PreCombineFactory.reasonAgainst(keeping)).contains("all values are kept");
    assertThat(PreCombineFactory.reasonAgainst(spec(STRATEGY, StringUtf8Coder.of()))).isNull();
    assertThatThrownBy(() -> new PreCombineFactory(merging)).hasMessageContaining("windows merge");
  }

  private static GroupingHarness before(GroupingSpec spec) {
    return new GroupingHarness(new PreCombineFactory(spec));
  }

  private static GroupingSpec spec(WindowingStrategy<?, ?> strategy, Coder<?> keyCoder) {
    return new GroupingSpec("combine", keyCoder, VarIntCoder.of(), strategy, RandomGrouping.sum());
  }

  private static List<BoundedWindow> window(long start, long end) {
    return List.of(new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(end)));
  }

  private static String text(GroupingHarness.Pane pane) {
    Object value = pane.value() instanceof int[] sum ? sum[0] : pane.value();
    return pane.key() + "=" + value + "@" + pane.timestamp() + " [" + pane.window() + "]";
  }
}
