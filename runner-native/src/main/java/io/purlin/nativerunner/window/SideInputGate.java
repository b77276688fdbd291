package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.WindowedElement;
import io.purlin.nativerunner.element.WindowedElementCoder;
import io.purlin.nativerunner.sideinput.JobSideInputs;
import io.purlin.nativerunner.sideinput.Reading;
import io.purlin.state.PartSpec;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import io.purlin.state.Snapshottable;
import io.purlin.state.keys.CoderPrint;
import io.purlin.state.keys.KeyGroups;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.coders.KvCoder;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.PCollectionView;

/**
 * Keeps the elements whose window's side inputs are not ready.
 *
 * <p>While an element waits here, its operator must not let its watermark pass {@link #holdMillis}:
 * the element is then as timely when it is let in as it was when it came. Owned by the task's
 * thread; lives as long as its operator.
 */
final class SideInputGate implements Snapshottable {
  private final List<PCollectionView<?>> views;
  private final JobSideInputs reader;
  private final Reading reading;
  private final KeyGroups groups;
  private final WindowedElementCoder coder;
  private final PartSpec part;
  private List<WindowedElement> waiting = new ArrayList<>();

  /**
   * @param spec what is grouped; the function's side inputs are waited for
   * @param reader of the side inputs
   * @param maxParallelism number of key groups of the job
   */
  SideInputGate(GroupingSpec spec, JobSideInputs reader, int maxParallelism) {
    Combining combining = spec.combining();
    this.views = combining == null ? List.of() : combining.sideInputs();
    this.reader = reader;
    this.reading = reader.reading(views, spec.strategy().getAllowedLateness().getMillis());
    this.groups = new KeyGroups(spec.keyCoder(), maxParallelism);
    this.coder =
        new WindowedElementCoder(
            KvCoder.of(spec.keyCoder(), spec.valueCoder()),
            spec.anyStrategy().getWindowFn().windowCoder());
    this.part =
        new PartSpec(
            spec.stepName() + "/waiting",
            "waiting elements/1",
            Map.of("coder", CoderPrint.of(coder)));
  }

  /** Whether elements of the window may be processed now. */
  boolean isOpen(BoundedWindow window) {
    for (int i = 0; i < views.size(); i++) {
      PCollectionView<?> view = views.get(i);
      if (!reader.isReady(view, view.getWindowMappingFn().getSideInputWindow(window))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Everything before an event time is over for the operator, which has fired what it fires then.
   */
  void passed(long millis) {
    reading.passed(Math.min(millis, holdMillis()));
  }

  /** The pair that waits. */
  static KV<?, ?> pair(WindowedElement element) {
    if (element.value() instanceof KV<?, ?> pair) {
      return pair;
    }
    throw new IllegalStateException("no pair: " + element.value());
  }

  void add(WindowedElement element) {
    waiting.add(element);
  }

  /** Takes out the elements that may be processed now, in the order in which they came. */
  List<WindowedElement> takeReady() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<WindowedElement> ready = new ArrayList<>();
    List<WindowedElement> still = new ArrayList<>();
    for (WindowedElement each : waiting) {
      (isOpen(each.window()) ? ready : still).add(each);
    }
    waiting = still;
    return ready;
  }

  /** The earliest timestamp that waits, in milliseconds; {@code Long.MAX_VALUE} if none does. */
  long holdMillis() {
    long earliest = Long.MAX_VALUE;
    for (WindowedElement each : waiting) {
      earliest = Math.min(earliest, each.millis());
    }
    return earliest;
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    reading.atBarrier();
    sink.begin(part);
    for (WindowedElement each : waiting) {
      int group = groups.keyGroup(pair(each).getKey());
      coder.encode(each, sink.frame());
      sink.keyed(group);
    }
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    if (!source.part().name().equals(part.name())) {
      return false;
    }
    part.accept(source.part());
    for (ByteArrayInputStream in = source.nextFrame(); in != null; in = source.nextFrame()) {
      waiting.add(coder.decode(in));
    }
    return true;
  }
}
