package io.purlin.nativerunner.window;

import io.purlin.nativerunner.SlowSnapshots;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.operator.Bundle;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.operator.OperatorFactory;
import io.purlin.nativerunner.operator.Outputs;
import io.purlin.nativerunner.sideinput.SideInputStore;
import io.purlin.nativerunner.time.Standstill;
import io.purlin.state.StateMemory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/** Drives one operator as a chain does, and keeps what it emits. */
final class GroupingHarness {
  private final CurrentElement current = new CurrentElement();
  private final List<Pane> panes = new ArrayList<>();
  private int emitted;
  private final OperatorFactory factory;
  private final OperatorContext context;
  private Operator operator;
  private boolean bundleOpen;
  private long inputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private long outputWatermark = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private long now;
  private final SlowSnapshots snapshots = new SlowSnapshots(new Random(1));

  /** What the operator emitted, with all its metadata. */
  record Pane(
      @Nullable Object key,
      @Nullable Object value,
      long timestamp,
      BoundedWindow window,
      PaneInfo info) {}

  GroupingHarness(OperatorFactory factory, SideInputStore sideInputs) {
    this(factory, sideInputs, StateMemory.unlimited());
  }

  GroupingHarness(OperatorFactory factory, SideInputStore sideInputs, StateMemory memory) {
    this.factory = factory;
    context =
        new OperatorContext(
            "group",
            1,
            0,
            1,
            128,
            current,
            new Collecting(),
            new TheBundle(),
            () -> now,
            sideInputs,
            PipelineOptionsFactory.create(),
            memory,
            new Standstill());
    operator = factory.create(context);
    open();
  }

  private void open() {
    try {
      operator.open();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A new operator goes on from the old one's snapshots. */
  void restart() {
    finishBundle();
    Operator before = operator;
    operator = factory.create(context);
    snapshots.move(before, operator);
    open();
  }

  /** Goes on with a snapshot, or begins one. */
  void snapshot() {
    finishBundle();
    snapshots.step(operator);
  }

  GroupingHarness(OperatorFactory factory) {
    this(factory, new SideInputStore(List.of()));
  }

  GroupingHarness(OperatorFactory factory, Supplier<StateMemory> memory) {
    this(factory, new SideInputStore(List.of()), memory.get());
  }

  void element(
      @Nullable Object key,
      @Nullable Object value,
      long timestamp,
      Collection<? extends BoundedWindow> windows) {
    begin();
    current.set(timestamp, windows, PaneInfo.NO_FIRING, Marks.NONE);
    operator.receive(KV.of(key, value));
    if (current.timestampMillis() != timestamp || current.windows() != windows) {
      throw new IllegalStateException("the current element was not restored");
    }
  }

  void finishBundle() {
    while (bundleOpen) {
      operator.finishBundle();
      bundleOpen = false;
      operator.advanceWatermark(inputWatermark);
    }
  }

  void watermark(long millis) {
    finishBundle();
    inputWatermark = millis;
    operator.advanceWatermark(millis);
    finishBundle();
  }

  void processingTime(long millis) {
    now = millis;
    operator.advanceProcessingTime(millis);
    finishBundle();
  }

  void retry() {
    operator.retry();
    finishBundle();
  }

  long nextProcessingTime() {
    return operator.nextProcessingTimeMillis();
  }

  /** The watermark that the operator has passed on. */
  long outputWatermark() {
    return outputWatermark;
  }

  Operator operator() {
    return operator;
  }

  /** How many elements were emitted since the last call, in however many windows each. */
  int takeEmitted() {
    int taken = emitted;
    emitted = 0;
    return taken;
  }

  /** What was emitted since the last call. */
  List<Pane> takePanes() {
    List<Pane> taken = List.copyOf(panes);
    panes.clear();
    return taken;
  }

  private void begin() {
    if (!bundleOpen) {
      bundleOpen = true;
      operator.startBundle();
    }
  }

  private final class TheBundle implements Bundle {
    @Override
    public boolean isCheckpointed() {
      return false;
    }

    @Override
    public void begin() {
      GroupingHarness.this.begin();
    }

    @Override
    public DoFn.BundleFinalizer finalizer() {
      throw new UnsupportedOperationException("nobody waits for the end of this bundle");
    }
  }

  private final class Collecting implements Outputs {
    @Override
    public Receiver receiver(int index) {
      return value -> {
        if (!bundleOpen) {
          throw new IllegalStateException("emitted outside a bundle: " + value);
        }
        if (!(value instanceof KV<?, ?> pair)) {
          throw new IllegalStateException("emitted " + value);
        }
        snapshots.goOn();
        Object content = pair.getValue();
        if (content instanceof Iterable<?> values) {
          List<@Nullable Object> copy = new ArrayList<>();
          values.forEach(copy::add);
          content = copy;
        }
        emitted++;
        for (BoundedWindow window : current.windows()) {
          panes.add(
              new Pane(pair.getKey(), content, current.timestampMillis(), window, current.pane()));
        }
      };
    }

    @Override
    public void watermark(long millis) {
      outputWatermark = Math.max(outputWatermark, millis);
    }
  }
}
