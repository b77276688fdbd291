package io.purlin.nativerunner.window;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.WindowedElement;
import io.purlin.nativerunner.element.WindowingPrint;
import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.keyed.KeyedScopeSpec;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.window.pane.PaneEmitter;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.runners.core.ReduceFnRunner;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.UserCodeException;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.jspecify.annotations.Nullable;

/**
 * GroupByKey and Combine.perKey for every window function, trigger and mode, on Beam's
 * ReduceFnRunner.
 *
 * <p>Owned by the task's thread. The runner is made once and serves all keys, since everything it
 * keeps is in the keyed scope; where windows merge it also holds the key's active windows, and is
 * made for each key's turn. Effective input watermark = min(input watermark, elements that wait for
 * side inputs), never decreasing; output watermark = max(previous, min(effective, holds)).
 */
public final class GeneralGroupingOperator implements Operator {
  private final OperatorContext context;
  private final CurrentElement current;
  private final KeyedScope scope;
  private final Lateness lateness;
  private final SideInputGate gate;
  private final PaneEmitter emitter;
  private final WindowedValueBridge bridge;
  private final ReduceFns reduceFns;
  private final DueTimers due;
  private final @Nullable ReduceFnRunner<Object, Object, Object, BoundedWindow> shared;
  private final List<WindowedValue<Object>> accepted = new ArrayList<>(1);

  /**
   * @param spec what is grouped, and how
   * @param context where the operator stands
   */
  public GeneralGroupingOperator(GroupingSpec spec, OperatorContext context) {
    this.context = context;
    this.current = context.current();
    this.scope =
        new KeyedScope(
            new KeyedScopeSpec(
                spec.stepName(),
                spec.keyCoder(),
                spec.anyStrategy().getWindowFn().windowCoder(),
                context.maxParallelism(),
                WindowingPrint.ofPanes(spec.strategy()),
                context.memory()),
            context.clock());
    this.lateness = new Lateness(spec.strategy());
    this.gate = new SideInputGate(spec, context.sideInputs(), context.maxParallelism());
    this.emitter = new PaneEmitter(context);
    this.bridge = new WindowedValueBridge(scope, emitter);
    this.reduceFns = new ReduceFns(spec);
    this.due = new DueTimers(spec.anyKeyCoder());
    this.shared = spec.strategy().needsMerge() ? null : newRunner();
  }

  private ReduceFnRunner<Object, Object, Object, BoundedWindow> newRunner() {
    return reduceFns.runner(scope.stateInternals(), scope.timerInternals(), bridge, context);
  }

  @Override
  public void open() {
    emitter.open();
  }

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {
    if (!(value instanceof KV<?, ?> element)) {
      throw new IllegalStateException(context.stepName() + " groups pairs but was given " + value);
    }
    current.step(context.step());
    long timestamp = current.timestampMillis();
    for (BoundedWindow window : current.windows()) {
      if (lateness.drops(window, scope.inputWatermark())) {
        continue;
      }
      if (gate.isOpen(window)) {
        accepted.add(WindowedValueBridge.windowed(element.getValue(), timestamp, window));
      } else {
        gate.add(new WindowedElement(element, timestamp, window, current.pane(), current.marks()));
      }
    }
    processAccepted(element.getKey());
  }

  private void processAccepted(@Nullable Object key) {
    if (accepted.isEmpty()) {
      return;
    }
    // What is emitted may not come back here, so the list can be used again.
    scope.setKey(key);
    try {
      ReduceFnRunner<Object, Object, Object, BoundedWindow> runner = turn();
      runner.processElements(accepted);
      runner.persist();
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    } finally {
      accepted.clear();
    }
  }

  private ReduceFnRunner<Object, Object, Object, BoundedWindow> turn() {
    return shared != null ? shared : newRunner();
  }

  private void fire(List<DueTimers.OfKey> keys) {
    context.bundle().begin();
    current.step(context.step());
    for (DueTimers.OfKey each : keys) {
      fire(each.key(), each.timers());
    }
  }

  private void fire(@Nullable Object key, List<TimerData> timers) {
    scope.setKey(key);
    try {
      ReduceFnRunner<Object, Object, Object, BoundedWindow> runner = turn();
      runner.onTimers(timers);
      runner.persist();
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    scope.inputWatermark(
        Math.max(scope.inputWatermark(), Math.min(inputMillis, gate.holdMillis())));
    for (List<DueTimers.OfKey> keys = dueEventTimers(); !keys.isEmpty(); keys = dueEventTimers()) {
      fire(keys);
    }
    gate.passed(scope.inputWatermark());
    long output = Math.min(scope.inputWatermark(), scope.holdMillis());
    if (output > scope.outputWatermark()) {
      scope.outputWatermark(output);
    }
    context.outputs().watermark(scope.outputWatermark());
  }

  private List<DueTimers.OfKey> dueEventTimers() {
    scope.fireEventTimers(due);
    return due.take();
  }

  @Override
  public void advanceProcessingTime(long nowMillis) {
    scope.fireProcessingTimers(nowMillis, due, this::fireTaken);
  }

  private void fireTaken() {
    List<DueTimers.OfKey> keys = due.take();
    if (!keys.isEmpty()) {
      fire(keys);
    }
  }

  @Override
  public long nextProcessingTimeMillis() {
    return scope.nextProcessingTimeMillis();
  }

  @Override
  public void retry() {
    List<WindowedElement> ready = gate.takeReady();
    if (ready.isEmpty()) {
      return;
    }
    context.bundle().begin();
    current.step(context.step());
    for (WindowedElement each : ready) {
      if (!lateness.drops(each.window(), scope.inputWatermark())) {
        KV<?, ?> pair = SideInputGate.pair(each);
        current.marks(each.marks());
        accepted.add(WindowedValueBridge.windowed(pair.getValue(), each.millis(), each.window()));
        processAccepted(pair.getKey());
      }
    }
  }

  @Override
  public void snapshot(SnapshotSink sink) throws IOException {
    scope.snapshot(sink);
    gate.snapshot(sink);
  }

  @Override
  public boolean restore(SnapshotSource source) throws IOException {
    return scope.restore(source) || gate.restore(source);
  }

  @Override
  public void restored() {
    scope.restored();
  }

  @Override
  public void close() {}
}
