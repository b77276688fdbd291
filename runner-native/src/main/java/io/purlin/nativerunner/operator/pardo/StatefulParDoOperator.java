package io.purlin.nativerunner.operator.pardo;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.nativerunner.invoke.BoundDoFn;
import io.purlin.nativerunner.invoke.CallPath;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.invoke.SideInputs;
import io.purlin.nativerunner.invoke.TimeSortedBuffer;
import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.keyed.KeyedScopeSpec;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.sideinput.Reading;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.beam.runners.core.StateNamespaces.WindowNamespace;
import org.apache.beam.runners.core.StatefulDoFnRunner;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.metrics.Counter;
import org.apache.beam.sdk.metrics.Metrics;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * A ParDo with state or timers.
 *
 * <p>Each element is handed over in each of its windows, unless that has expired. The watermark
 * that timers see = min(input watermark, timestamps of elements that wait for side inputs), so that
 * no timer overtakes them; output watermark = min(that, holds of timers and state). Driven by its
 * task's thread.
 */
public final class StatefulParDoOperator implements Operator {
  private final DoFnSpec spec;
  private final OperatorContext context;
  private final CurrentElement current;
  private final KeyedScope scope;
  private final WindowExpiry expiry;
  private final @Nullable TimeSortedBuffer sorted;
  private final SideInputs sideInputs;
  private final Reading reading;
  private final WaitingElements waiting;
  // The name under which every runner counts them.
  private final Counter dropped =
      Metrics.counter(StatefulDoFnRunner.class, StatefulDoFnRunner.DROPPED_DUE_TO_LATENESS_COUNTER);
  private final BoundDoFn bound;

  /**
   * @param spec the ParDo, with a DoFn of this task's own
   * @param context where the operator stands
   */
  public StatefulParDoOperator(DoFnSpec spec, OperatorContext context) {
    this.spec = spec;
    this.context = context;
    this.current = context.current();
    this.scope =
        new KeyedScope(
            new KeyedScopeSpec(
                context.stepName(),
                spec.keyCoder(),
                spec.windowCoder(),
                context.maxParallelism(),
                WindowingPrint.ofWindows(spec.windowing()),
                context.memory()),
            context.clock());
    this.expiry = new WindowExpiry(spec, scope);
    this.sorted =
        spec.signature().processElement().requiresTimeSortedInput()
            ? new TimeSortedBuffer(spec, scope, current)
            : null;
    this.sideInputs = new SideInputs(spec.sideInputs(), context.sideInputs());
    this.reading = sideInputs.reading(spec.windowing().getAllowedLateness().getMillis());
    this.waiting = new WaitingElements(spec, context);
    this.bound = new BoundDoFn(spec, context.invokeContext(scope), CallPath.GENERAL);
  }

  @Override
  public void open() {
    bound.setup(context.receivers(spec.outputs().count()));
  }

  @Override
  public void startBundle() {
    bound.startBundle();
  }

  @Override
  public void receive(@Nullable Object value) {
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
    if (expiry.isExpired(window)) {
      drop();
    } else if (sideInputs.isEmpty()) {
      deliver(value, window);
    } else if (sideInputs.areReady(window)) {
      // What waits came before: a key's elements stay in order.
      waiting.release(window, earlier -> deliver(earlier, window));
      deliver(value, window);
    } else {
      waiting.add(value, window);
    }
  }

  private void deliver(@Nullable Object value, BoundedWindow window) {
    if (!(value instanceof KV<?, ?> pair)) {
      throw new IllegalStateException(context.stepName() + " needs key-value pairs, not " + value);
    }
    scope.setKey(pair.getKey());
    if (sorted == null) {
      expiry.expect(window);
      bound.process(value);
    } else if (sorted.isInTime()) {
      expiry.expect(window);
      sorted.add(value, window);
    } else {
      drop();
    }
  }

  private void drop() {
    current.step(context.step());
    dropped.inc();
  }

  @Override
  public void retry() {
    for (BoundedWindow window : waiting.ready(sideInputs::areReady)) {
      context.bundle().begin();
      waiting.release(window, value -> deliver(value, window));
    }
  }

  @Override
  public void finishBundle() {
    bound.finishBundle();
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    long reached = Math.max(scope.inputWatermark(), Math.min(inputMillis, waiting.holdMillis()));
    scope.inputWatermark(reached);
    if (scope.hasDueEventTimers()) {
      context.bundle().begin();
      scope.fireEventTimers(this::onTimer);
    }
    reading.passed(Math.min(reached, waiting.holdMillis()));
    long output = Math.min(reached, Math.min(scope.holdMillis(), waiting.holdMillis()));
    scope.outputWatermark(Math.max(scope.outputWatermark(), output));
    context.outputs().watermark(output);
  }

  @Override
  public void advanceProcessingTime(long nowMillis) {
    if (scope.hasDueProcessingTimers(nowMillis)) {
      context.bundle().begin();
      scope.fireProcessingTimers(nowMillis, this::onTimer);
    }
  }

  @Override
  public long nextProcessingTimeMillis() {
    return scope.nextProcessingTimeMillis();
  }

  private void onTimer(@Nullable Object key, TimerData timer) {
    BoundedWindow window = ((WindowNamespace<?>) timer.getNamespace()).getWindow();
    if (expiry.is(timer)) {
      expire(window);
    } else if (sorted != null && sorted.is(timer)) {
      sorted.deliver(window, timer.getTimestamp().getMillis(), bound::process);
    } else if (timer.getDomain() == TimeDomain.EVENT_TIME || !expiry.isExpired(window)) {
      bound.onTimer(timer, window);
    }
  }

  private void expire(BoundedWindow window) {
    if (sorted != null) {
      sorted.deliverAll(window, bound::process);
    }
    if (spec.signature().onWindowExpiration() != null) {
      bound.onWindowExpiration(window);
    }
    expiry.clear(window);
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    scope.snapshot(sink);
    waiting.snapshot(sink);
    reading.atBarrier();
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return scope.restore(source) || waiting.restore(source);
  }

  @Override
  public void restored() {
    scope.restored();
  }

  @Override
  public void close() {
    bound.teardown();
  }
}
