package io.purlin.nativerunner.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.AfterWatermark;
import org.apache.beam.sdk.transforms.windowing.DefaultTrigger;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo.Timing;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** What {@link NativeEqualsGeneralTest} leaves out: functions that make one window another. */
class MergingWindowOperatorTest {
  @Test
  void aWindowThatBecomesAnotherTakesTheNextOnes() {
    GroupingHarness harness = stretches(DefaultTrigger.of());
    harness.element("a", 1, 13, at(13));
    harness.element("b", 5, 14, at(14));
    harness.element("a", 2, 17, at(17));
    harness.element("a", 3, 24, at(24));
    harness.watermark(19);
    assertThat(harness.takePanes()).isEmpty();

    harness.watermark(20);
    assertThat(harness.takePanes())
        .extracting(
            GroupingHarness.Pane::key,
            GroupingHarness.Pane::value,
            GroupingHarness.Pane::window,
            GroupingHarness.Pane::timestamp)
        .containsExactlyInAnyOrder(
            tuple("a", List.of(1, 2), window(10, 20), 19L),
            tuple("b", List.of(5), window(10, 20), 19L));

    harness.watermark(30);
    assertThat(harness.takePanes())
        .extracting(GroupingHarness.Pane::value, GroupingHarness.Pane::window)
        .containsExactly(tuple(List.of(3), window(20, 30)));
    assertThat(((MergingWindowOperator) harness.operator()).isEmpty()).isTrue();
  }

  @Test
  void firesEarlyAndOnTimeInTheWindowThatItBecame() {
    GroupingHarness harness =
        stretches(
            AfterWatermark.pastEndOfWindow().withEarlyFirings(AfterPane.elementCountAtLeast(2)));
    harness.element("a", 1, 13, at(13));
    harness.element("a", 2, 17, at(17));
    harness.element("a", 3, 11, at(11));
    harness.watermark(20);

    assertThat(harness.takePanes())
        .extracting(
            GroupingHarness.Pane::value,
            GroupingHarness.Pane::window,
            pane -> pane.info().getTiming())
        .containsExactly(
            tuple(List.of(1, 2), window(10, 20), Timing.EARLY),
            tuple(List.of(3), window(10, 20), Timing.ON_TIME));
  }

  private static GroupingHarness stretches(Trigger trigger) {
    GroupingSpec spec =
        new GroupingSpec(
            "group",
            StringUtf8Coder.of(),
            VarIntCoder.of(),
            WindowingStrategy.of(new UserWindows.Stretches()).withTrigger(trigger),
            null);
    GroupingHarness harness = new GroupingHarness(new GroupingFactory(spec));
    assertThat(harness.operator()).isInstanceOf(MergingWindowOperator.class);
    return harness;
  }

  private static List<IntervalWindow> at(long millis) {
    return List.of(window(millis, millis + 1));
  }

  private static IntervalWindow window(long begin, long end) {
    return new IntervalWindow(Instant.ofEpochMilli(begin), Instant.ofEpochMilli(end));
  }
}
