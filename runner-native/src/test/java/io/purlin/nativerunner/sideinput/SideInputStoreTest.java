package io.purlin.nativerunner.sideinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.View;
import org.apache.beam.sdk.transforms.windowing.AfterPane;
import org.apache.beam.sdk.transforms.windowing.FixedWindows;
import org.apache.beam.sdk.transforms.windowing.IntervalWindow;
import org.apache.beam.sdk.transforms.windowing.Repeatedly;
import org.apache.beam.sdk.transforms.windowing.Window;
import org.apache.beam.sdk.values.PCollectionView;
import org.joda.time.Duration;
import org.joda.time.Instant;
import org.junit.jupiter.api.Test;

/** When windows are ready, and when contents are dropped: by counted windows. */
class SideInputStoreTest {
  private static final int WINDOWS = 1_000;
  private static final long SIZE = 10;
  private static final long LATENESS = 25;

  private final PCollectionView<Iterable<Integer>> view =
      view(Window.into(FixedWindows.of(Duration.millis(SIZE))));
  private final SideInputStore store = new SideInputStore(List.of(view));

  @Test
  void aViewOfManyWindowsKeepsThoseThatMayBeAskedFor() {
    Reading first = store.reading(List.of(view), 0);
    Reading second = store.reading(List.of(view), LATENESS);
    int most = 0;
    for (int i = 0; i < WINDOWS; i++) {
      store.publish(view, window(i), List.of(i));
      first.passed(i * SIZE);
      second.passed(i * SIZE);
      most = Math.max(most, store.windowCount(view));
      // What is late but within the allowed lateness finds its own.
      int late = Math.max(0, i - 3);
      assertThat(store.isGone(view, window(late))).isFalse();
      assertThat(store.get(view, window(late))).containsExactly(late);
    }
    // The newest, and those that ended within the lateness.
    assertThat(most).isEqualTo(4);
  }

  @Test
  void theSlowestReaderCounts() {
    Reading fast = store.reading(List.of(view), 0);
    Reading slow = store.reading(List.of(view), 0);
    store.publish(view, window(0), List.of(1));
    fast.passed(1_000);
    assertThat(store.windowCount(view)).isEqualTo(1);

    slow.passed(SIZE - 1);
    assertThat(store.windowCount(view)).isEqualTo(1);
    slow.passed(SIZE);

    assertThat(store.windowCount(view)).isZero();
    assertThat(store.isGone(view, window(0))).isTrue();
    assertThat(store.isGone(view, window(1))).isFalse();
  }

  @Test
  void whatComesForADroppedWindowIsNotKept() {
    store.reading(List.of(view), 0).passed(1_000);
    store.publish(view, window(0), List.of(1));

    assertThat(store.windowCount(view)).isZero();
  }

  @Test
  void withCheckpointsWhatWasPassedAtABarrierCounts() {
    store.waitForBarriers();
    Reading reader = store.reading(List.of(view), 0);
    store.publish(view, window(0), List.of(1));
    reader.passed(1_000);
    assertThat(store.windowCount(view)).isEqualTo(1);

    reader.atBarrier();

    assertThat(store.windowCount(view)).isZero();
  }

  @Test
  void aJobThatBeginsAnewHasNeitherReadersNorDroppedWindows() {
    store.reading(List.of(view), 0).passed(1_000);
    store.clear();
    store.publish(view, window(0), List.of(1));

    assertThat(store.isGone(view, window(0))).isFalse();
    assertThat(store.windowCount(view)).isEqualTo(1);
  }

  @Test
  void aWindowWithoutAPaneIsEmptyWhenItsPaneWouldHaveCome() {
    store.writerWatermark(view, SIZE - 1);
    assertThat(store.isReady(view, window(0))).isFalse();

    store.writerWatermark(view, SIZE);

    assertThat(store.get(view, window(0))).isEmpty();
    assertThat(store.isReady(view, window(1))).isFalse();
  }

  @Test
  void aWindowWhoseTriggerCountsIsEmptyWhenItIsOver() {
    PCollectionView<Iterable<Integer>> counting =
        view(
            Window.<Integer>into(FixedWindows.of(Duration.millis(SIZE)))
                .triggering(Repeatedly.forever(AfterPane.elementCountAtLeast(1)))
                .withAllowedLateness(Duration.millis(LATENESS))
                .discardingFiredPanes());
    SideInputStore counted = new SideInputStore(List.of(counting));
    counted.writerWatermark(counting, SIZE + LATENESS - 1);
    assertThat(counted.isReady(counting, window(0))).isFalse();

    counted.writerWatermark(counting, SIZE + LATENESS);

    assertThat(counted.get(counting, window(0))).isEmpty();
  }

  private static PCollectionView<Iterable<Integer>> view(Window<Integer> windows) {
    return Pipeline.create(PipelineOptionsFactory.fromArgs("--runner=NativeRunner").create())
        .apply(Create.of(1))
        .apply(windows)
        .apply(View.asIterable());
  }

  private static IntervalWindow window(int number) {
    return new IntervalWindow(Instant.ofEpochMilli(number * SIZE), Duration.millis(SIZE));
  }
}
