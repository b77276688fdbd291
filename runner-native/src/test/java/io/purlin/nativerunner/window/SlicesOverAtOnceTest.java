package io.purlin.nativerunner.window;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * After a pause of the watermark many sliding windows are over, more than are remembered by place.
 */
class SlicesOverAtOnceTest {
  private static final long SIZE = 200;

  @Test
  void allAreEmittedOnceWhenTheyExpireAtTheirEnds() {
    assertSame(0, 10_000);
  }

  @Test
  void allAreEmittedOnceWhenSomeStayForLateElements() {
    assertSame(150, 650);
  }

  private static void assertSame(long latenessMillis, long watermark) {
    WindowingStrategy<?, ?> strategy =
        WindowingStrategy.of(SlidingWindows.of(Duration.millis(SIZE)).every(Duration.millis(1)))
            .withAllowedLateness(Duration.millis(latenessMillis));
    GroupingSpec spec =
        new GroupingSpec(
            "combine", StringUtf8Coder.of(), VarIntCoder.of(), strategy, RandomGrouping.sum());
    List<GroupingHarness.Pane> panes =
        panes(new GroupingHarness(new GroupingFactory(spec)), watermark);
    List<GroupingHarness.Pane> expected =
        panes(
            new GroupingHarness(context -> new GeneralGroupingOperator(spec, context)), watermark);

    assertThat(panes).hasSizeGreaterThan(300).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static List<GroupingHarness.Pane> panes(GroupingHarness harness, long watermark) {
    harness.element("a", 1, 500, windows(500));
    harness.element("b", 2, 520, windows(520));
    harness.element("a", 4, 540, windows(540));
    harness.watermark(watermark);
    harness.watermark(10_000);
    return harness.takePanes();
  }

  private static List<BoundedWindow> windows(long timestamp) {
    return LongStream.rangeClosed(timestamp - SIZE + 1, timestamp)
        .<BoundedWindow>mapToObj(
            start ->
                new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + SIZE)))
        .toList();
  }
}
