package io.purlin.nativerunner.sideinput;

import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.state.PartSpec;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.keys.CoderPrint;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.beam.runners.core.LateDataUtils;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.IterableCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.PCollectionView;
import org.apache.beam.sdk.values.WindowingStrategy;
import org.jspecify.annotations.Nullable;

/**
 * One side input's contents by window, and how far its writer has come.
 *
 * <p>Written by one task, read by any. A window is ready when a pane for it was published, or when
 * the writer's watermark says that one would have come by now: then it is empty.
 */
final class View {
  private static final long END_OF_TIME = BoundedWindow.TIMESTAMP_MAX_VALUE.getMillis();

  private final PCollectionView<?> view;
  private final WindowingStrategy<?, ?> strategy;
  private final Map<BoundedWindow, ViewContents> windows = new ConcurrentHashMap<>();
  private final ViewContents empty;
  private final List<Reading> readers = new CopyOnWriteArrayList<>();
  private final long lookbackMillis;
  private volatile long goneMillis = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private volatile long writerWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();

  View(PCollectionView<?> view) {
    this.view = view;
    this.strategy = view.getWindowingStrategyInternal();
    this.empty = new ViewContents(view, List.of());
    this.lookbackMillis = view.getWindowMappingFn().maximumLookback().getMillis();
  }

  void publish(BoundedWindow window, Iterable<?> elements) {
    windows.put(window, new ViewContents(view, elements));
    // Looked at after the contents are there, as those do who drop: one of the two sees the other.
    if (isGone(window)) {
      windows.remove(window);
    }
  }

  void add(Reading reader) {
    readers.add(reader);
  }

  /**
   * Drops the windows that nobody can ask for any more: a main input's window ends no later than
   * its side-input window and the lookback of the mapping, and has expired for all readers.
   */
  void dropWhatIsPassed() {
    long passed = Long.MAX_VALUE;
    for (Reading each : readers) {
      passed = Math.min(passed, each.expiredMillis());
    }
    if (raiseGone(passed)) {
      windows.keySet().removeIf(this::isGone);
    }
  }

  private synchronized boolean raiseGone(long millis) {
    if (millis <= goneMillis) {
      return false;
    }
    goneMillis = millis;
    return true;
  }

  boolean isGone(BoundedWindow window) {
    return window.maxTimestamp().getMillis() + lookbackMillis < goneMillis;
  }

  /** Number of windows with contents. */
  int windowCount() {
    return windows.size();
  }

  void writerWatermark(long millis) {
    writerWatermark = millis;
  }

  void clear() {
    windows.clear();
    readers.clear();
    goneMillis = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
    writerWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  }

  boolean isReady(BoundedWindow window) {
    return windows.containsKey(window) || writerHasPassed(window);
  }

  /** The contents; empty ones when the writer has passed the window without a pane. */
  @Nullable ViewContents contents(BoundedWindow window) {
    ViewContents found = windows.get(window);
    if (found != null) {
      return found;
    }
    // The writer publishes before its watermark passes: look again after seeing it pass.
    if (!writerHasPassed(window)) {
      return null;
    }
    found = windows.get(window);
    return found != null ? found : empty;
  }

  private PartSpec part(String name) {
    return new PartSpec(
        name,
        "view/2",
        Map.of(
            "coder",
            CoderPrint.of(elementsCoder()),
            "windowing",
            WindowingPrint.ofWindows(strategy)));
  }

  /** The writer's watermark and what is gone, then each window with its elements. */
  void snapshot(String name, SnapshotSink sink) throws IOException {
    sink.begin(part(name));
    DataOutputStream times = new DataOutputStream(sink.frame());
    times.writeLong(writerWatermark);
    times.writeLong(goneMillis);
    sink.shared();
    for (Map.Entry<BoundedWindow, ViewContents> each : windows.entrySet()) {
      OutputStream out = sink.frame();
      windowCoder().encode(each.getKey(), out);
      elementsCoder().encode(each.getValue().elements(), out);
      sink.spread();
    }
  }

  void restore(String name, SnapshotSource source) throws IOException {
    part(name).accept(source.part());
    for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
      if (source.isShared()) {
        DataInputStream times = new DataInputStream(in);
        writerWatermark = times.readLong();
        raiseGone(times.readLong());
      } else {
        publish(windowCoder().decode(in), elementsCoder().decode(in));
      }
    }
  }

  @SuppressWarnings("unchecked") // the view's windows are those of its window function
  private Coder<BoundedWindow> windowCoder() {
    return (Coder<BoundedWindow>) strategy.getWindowFn().windowCoder();
  }

  @SuppressWarnings("unchecked") // the view's elements are those of its coder
  private Coder<Iterable<?>> elementsCoder() {
    return (Coder<Iterable<?>>) (Coder<?>) IterableCoder.of(view.getCoderInternal());
  }

  /**
   * Whether no pane can be the first one any more. Panes come when the watermark is behind such a
   * time, not at it; a trigger that counts guarantees none, but a window has none when it is over.
   */
  private boolean writerHasPassed(BoundedWindow window) {
    long fires = strategy.getTrigger().getWatermarkThatGuaranteesFiring(window).getMillis();
    long expires = LateDataUtils.garbageCollectionTime(window, strategy).getMillis();
    return writerWatermark > Math.min(fires, expires) || writerWatermark >= END_OF_TIME;
  }
}
