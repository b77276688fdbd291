package io.purlin.nativerunner.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.operator.LookAhead;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.NullableCoder;
import org.apache.beam.sdk.coders.StringUtf8Coder;
import org.apache.beam.sdk.coders.VarIntCoder;
import org.apache.beam.sdk.coders.VarLongCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.SlidingWindows;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** In a table so large that it is worth it, elements may be announced before they come. */
class LookAheadTest {
  private static final int KEYS = 50_000;
  private static final int BATCH = 64;
  private static final int BATCHES = 2_000;
  private static final long SIZE = 1_000;
  private static final long PERIOD = SIZE / 4;

  @Test
  void panesAreTheSameWithNumbersAsKeys() {
    assertSame(VarLongCoder.of(), number -> number);
  }

  @Test
  void panesAreTheSameWithTextsAsKeysAndNone() {
    assertSame(
        NullableCoder.of(StringUtf8Coder.of()), number -> number == 0 ? null : "key " + number);
  }

  @Test
  void panesOfSlidingWindowsAreTheSame() {
    assertSame(
        VarLongCoder.of(),
        number -> number,
        SlidingWindows.of(Duration.millis(SIZE)).every(Duration.millis(PERIOD)),
        timestamp ->
            LongStream.rangeClosed(-3, 0).mapToObj(i -> window(timestamp + i * PERIOD)).toList());
  }

  private interface Keys {
    @Nullable Object of(Long number);
  }

  private interface Windows {
    List<BoundedWindow> at(long timestamp);
  }

  private static void assertSame(Coder<?> coder, Keys keys) {
    assertSame(
        coder,
        keys,
        FixedWindows.of(Duration.millis(SIZE)),
        timestamp -> List.of(window(timestamp)));
  }

  private static void assertSame(
      Coder<?> coder, Keys keys, WindowFn<Object, ?> windowFn, Windows windows) {
    GroupingSpec spec =
        new GroupingSpec(
            "combine",
            coder,
            VarIntCoder.of(),
            WindowingStrategy.of(windowFn),
            RandomGrouping.sum());
    List<GroupingHarness.Pane> announced = panes(spec, keys, windows, true);
    assertThat(announced)
        .hasSizeGreaterThan(KEYS / 2)
        .containsExactlyInAnyOrderElementsOf(panes(spec, keys, windows, false));
  }

  private static List<GroupingHarness.Pane> panes(
      GroupingSpec spec, Keys keys, Windows windows, boolean announced) {
    GroupingHarness harness = new GroupingHarness(new GroupingFactory(spec));
    LookAhead ahead = Objects.requireNonNull(harness.operator().ahead());
    Random random = new Random(7);
    for (int batch = 0; batch < BATCHES; batch++) {
      // The window of the last element is the likely one, and is not that of all.
      long timestamp = batch % 10 == 9 ? SIZE : 0;
      List<KV<Object, Integer>> elements = new ArrayList<>();
      for (int i = 0; i < BATCH; i++) {
        elements.add(KV.of(keys.of((long) random.nextInt(KEYS)), i));
      }
      if (announced) {
        ahead.lookAhead(elements.toArray(), 1, BATCH);
      }
      for (KV<Object, Integer> each : elements) {
        harness.element(each.getKey(), each.getValue(), timestamp, windows.at(timestamp));
      }
    }
    harness.watermark(10 * SIZE);
    return harness.takePanes();
  }

  private static BoundedWindow window(long start) {
    return new IntervalWindow(Instant.ofEpochMilli(start), Instant.ofEpochMilli(start + SIZE));
  }
}
