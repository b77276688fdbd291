package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.invoke.BoundDoFn;
import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.invoke.SideInputs;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.sideinput.Reading;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.beam.runners.core.LateDataDroppingDoFnRunner;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.jspecify.annotations.Nullable;

/**
 * A ParDo without state.
 *
 * <p>An element in several windows is taken apart only when the DoFn can tell. Elements whose side
 * inputs cannot be read yet are put aside; those that come so late that theirs were dropped are
 * dropped too. Output watermark = min(input watermark, timestamps of what waits). Driven by its
 * task's thread.
 */
public final class ParDoOperator implements Operator {
  private final DoFnSpec spec;
  private final OperatorContext context;
  private final CurrentElement current;
  private final boolean byWindow;
  private final Counter dropped =
      Metrics.counter(
          LateDataDroppingDoFnRunner.class, LateDataDroppingDoFnRunner.DROPPED_DUE_TO_LATENESS);
  private final SideInputs sideInputs;
  private final Reading reading;
  private final WaitingElements waiting;
  private final BoundDoFn bound;
  private final Receiver process;

  /**
   * @param spec the ParDo, with a DoFn of this task's own
   * @param context where the operator stands
   * @param path how elements are handed over
   */
  public ParDoOperator(DoFnSpec spec, OperatorContext context, CallPath path) {
    this.spec = spec;
    this.context = context;
    this.current = context.current();
    this.byWindow = spec.observesWindow();
    this.sideInputs = new SideInputs(spec.sideInputs(), context.sideInputs());
    this.reading = sideInputs.reading(spec.windowing().getAllowedLateness().getMillis());
    this.waiting = new WaitingElements(spec, context);
    this.bound = new BoundDoFn(spec, context.invokeContext(null), path);
    this.process = bound.entry();
  }

  @Override
  public void open() {
    bound.setup(context.receivers(spec.outputs().count()));
  }

  @Override
  public Receiver entry() {
    return byWindow ? this : process;
  }

  @Override
  public void startBundle() {
    bound.startBundle();
  }

  @Override
  public void receive(@Nullable Object value) {
    if (!byWindow) {
      process.receive(value);
      return;
    }
    Collection<? extends BoundedWindow> windows = current.windows();
    if (windows.size() == 1) {
      inWindow(value, windows.iterator().next());
      return;
    }
    for (BoundedWindow window : windows) {
      current.windows(List.of(window));
      inWindow(value, window);
    }
    current.windows(windows);
  }

  private void inWindow(@Nullable Object value, BoundedWindow window) {
    if (sideInputs.isEmpty()) {
      process.receive(value);
    } else if (sideInputs.areGone(window)) {
      current.step(context.step());
      dropped.inc();
    } else if (sideInputs.areReady(window)) {
      process.receive(value);
    } else {
      waiting.add(value, window);
    }
  }

  @Override
  public void retry() {
    for (BoundedWindow window : waiting.ready(sideInputs::areReady)) {
      context.bundle().begin();
      waiting.release(window, process);
    }
  }

  @Override
  public void finishBundle() {
    bound.finishBundle();
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    long reached = Math.min(inputMillis, waiting.holdMillis());
    reading.passed(reached);
    context.outputs().watermark(reached);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    waiting.snapshot(sink);
    reading.atBarrier();
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return waiting.restore(source);
  }

  @Override
  public void close() {
    bound.teardown();
  }
}
