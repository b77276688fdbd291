package io.purlin.nativerunner.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.nativerunner.TinyMemory;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.state.StateMemory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.Trigger;
import org.apache.beam.sdk.transforms.windowing.WindowFn;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The native operators against the general one, on random input for random windowing: the same
 * panes and the same watermark after every step. A failure names its seed.
 */
class NativeEqualsGeneralTest {
  private static final Supplier<StateMemory> HEAP = StateMemory::unlimited;
  private static final int RUNS = 250;
  private static final int STEPS = 120;
  private static final long SEED = 20_250_101;

  @TempDir Path directory;

  @Test
  void samePanesForWindowsThatDoNotMerge() {
    compareAll(RandomGrouping.steadyWindows(), RandomGrouping.triggers(), false, HEAP);
  }

  @Test
  void samePanesForWindowsThatDoNotMergeWithNoRoomOnTheHeap() throws IOException {
    try (TinyMemory tiny = new TinyMemory(directory)) {
      compareAll(RandomGrouping.steadyWindows(), RandomGrouping.triggers(), true, tiny);
    }
  }

  @Test
  void samePanesForSessionsWithNoRoomOnTheHeap() throws IOException {
    try (TinyMemory tiny = new TinyMemory(directory)) {
      compareAll(RandomGrouping.sessions(), RandomGrouping.sessionTriggers(), true, tiny);
    }
  }

  @Test
  void samePanesForWindowsThatDoNotMergeAlsoWithRestarts() {
    compareAll(RandomGrouping.steadyWindows(), RandomGrouping.triggers(), true, HEAP);
  }

  @Test
  void samePanesForSessions() {
    compareAll(RandomGrouping.sessions(), RandomGrouping.sessionTriggers(), false, HEAP);
  }

  @Test
  void samePanesForSessionsAlsoWithRestarts() {
    compareAll(RandomGrouping.sessions(), RandomGrouping.sessionTriggers(), true, HEAP);
  }

  @Test
  void samePanesForWindowsOfUsersThatMerge() {
    compareAll(RandomGrouping.mergingWindows(), RandomGrouping.sessionTriggers(), false, HEAP);
  }

  @Test
  void samePanesForWindowsOfUsersThatMergeAlsoWithRestarts() {
    compareAll(RandomGrouping.mergingWindows(), RandomGrouping.sessionTriggers(), true, HEAP);
  }

  @Test
  void samePanesBySlices() {
    compareAll(RandomGrouping::slicedSpec, "native grouping by slices", false, HEAP);
  }

  @Test
  void samePanesBySlicesAlsoWithRestarts() {
    compareAll(RandomGrouping::slicedSpec, "native grouping by slices", true, HEAP);
  }

  @Test
  void samePanesBySlicesWithNoRoomOnTheHeap() throws IOException {
    try (TinyMemory tiny = new TinyMemory(directory)) {
      compareAll(RandomGrouping::slicedSpec, "native grouping by slices", true, tiny);
    }
  }

  private static void compareAll(
      List<WindowFn<Object, ? extends BoundedWindow>> windowFns,
      List<Trigger> triggers,
      boolean restarts,
      Supplier<StateMemory> memory) {
    compareAll(grouping -> grouping.spec(windowFns, triggers), "native", restarts, memory);
  }

  private static void compareAll(
      Function<RandomGrouping, GroupingSpec> draw,
      String kind,
      boolean restarts,
      Supplier<StateMemory> memory) {
    // Every access is a file's when there is no room.
    int runs = memory instanceof TinyMemory ? RUNS / 3 : RUNS;
    int panes = 0;
    for (int run = 0; run < runs; run++) {
      Random random = new Random(SEED + run);
      GroupingSpec spec = draw.apply(new RandomGrouping(random));
      assertThat(new GroupingFactory(spec).explanation()).startsWith(kind);
      panes += compare("seed " + (SEED + run), spec, random, restarts, memory);
    }
    // So that the comparison is about something.
    assertThat(panes).isGreaterThan(10 * runs);
  }

  private static int compare(
      String seed,
      GroupingSpec spec,
      Random random,
      boolean restarts,
      Supplier<StateMemory> memory) {
    GroupingFactory factory = new GroupingFactory(spec);
    OperatorFactory general = context -> new GeneralGroupingOperator(spec, context);
    Both both =
        new Both(
            new GroupingHarness(factory, memory),
            new GroupingHarness(general, memory),
            spec,
            random,
            restarts);
    for (int step = 0; step < STEPS; step++) {
      String did = both.step();
      both.check(seed + " step " + step + " (" + did + ") of " + spec);
    }
    both.end();
    both.check(seed + " at the end of " + spec);
    assertThat(keepsNothing(both.first.operator())).as(seed).isTrue();
    return both.panes;
  }

  private static boolean keepsNothing(Operator operator) {
    return operator instanceof MergingWindowOperator merging
        ? merging.isEmpty()
        : ((NativeWindowOperator) operator).isEmpty();
  }

  /** Both operators, given the same input. */
  private static final class Both {
    private final GroupingHarness first;
    private final GroupingHarness second;
    private final WindowFn<Object, BoundedWindow> windowFn;
    private final Random random;
    private long watermark;
    private long now = 1_000;
    private final boolean restarts;
    private int panes;

    Both(
        GroupingHarness first,
        GroupingHarness second,
        GroupingSpec spec,
        Random random,
        boolean restarts) {
      this.restarts = restarts;
      this.first = first;
      this.second = second;
      this.windowFn = spec.anyStrategy().getWindowFn();
      this.random = random;
      processingTime();
    }

    String step() {
      if (restarts) {
        first.finishBundle();
        second.finishBundle();
        first.snapshot();
        second.snapshot();
      }
      int dice = random.nextInt(10);
      if (dice < 7) {
        return element();
      }
      if (dice < 8) {
        watermark += random.nextInt(4) == 0 ? random.nextInt(60) : random.nextInt(8);
        first.watermark(watermark);
        second.watermark(watermark);
        return "watermark " + watermark;
      }
      if (dice < 9) {
        now += random.nextInt(12);
        processingTime();
        return "time " + now;
      }
      first.finishBundle();
      second.finishBundle();
      if (restarts && random.nextBoolean()) {
        (random.nextBoolean() ? first : second).restart();
        return "restart";
      }
      return "bundle";
    }

    private void processingTime() {
      first.processingTime(now);
      second.processingTime(now);
    }

    private String element() {
      String key = String.valueOf((char) ('a' + random.nextInt(3)));
      int value = random.nextInt(1_000);
      long timestamp = watermark + random.nextInt(40) - (random.nextInt(4) == 0 ? 50 : 5);
      Collection<BoundedWindow> windows = assign(timestamp);
      if (random.nextInt(6) == 0) {
        // As a DoFn that observes windows emits: in one at a time.
        for (BoundedWindow each : windows) {
          first.element(key, value, timestamp, List.of(each));
          second.element(key, value, timestamp, List.of(each));
        }
      } else {
        first.element(key, value, timestamp, windows);
        second.element(key, value, timestamp, windows);
      }
      return key + "=" + value + "@" + timestamp;
    }

    private Collection<BoundedWindow> assign(long timestamp) {
      try {
        return List.copyOf(
            windowFn.assignWindows(
                windowFn.new AssignContext() {
                  @Override
                  @SuppressWarnings("NullAway") // no window function here looks at the element
                  public Object element() {
                    return null;
                  }

                  @Override
                  public Instant timestamp() {
                    return Instant.ofEpochMilli(timestamp);
                  }

                  @Override
                  @SuppressWarnings("NullAway") // no window function here looks at the window
                  public BoundedWindow window() {
                    return null;
                  }
                }));
      } catch (Exception e) {
        throw new IllegalStateException(e);
      }
    }

    void end() {
      first.watermark(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis());
      second.watermark(BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis());
    }

    void check(String what) {
      List<String> expected = sorted(second);
      panes += expected.size();
      assertThat(sorted(first)).as(what).isEqualTo(expected);
      assertThat(first.outputWatermark()).as(what).isEqualTo(second.outputWatermark());
    }

    /** Panes of one key and window stay in their order. */
    private static List<String> sorted(GroupingHarness harness) {
      return harness.takePanes().stream()
          .sorted(Comparator.comparing(pane -> pane.key() + " " + pane.window()))
          .map(Both::text)
          .toList();
    }

    private static String text(GroupingHarness.@Nullable Pane pane) {
      return String.valueOf(pane);
    }
  }
}
