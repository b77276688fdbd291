package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.invoke.DoFnSpec;
import io.purlin.nativerunner.invoke.SetupArguments;
import io.purlin.nativerunner.invoke.WindowedOutput;
import io.purlin.nativerunner.keyed.KeyedScope;
import org.apache.beam.runners.core.DoFnRunner;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StateNamespaces.WindowNamespace;
import org.apache.beam.runners.core.StatefulDoFnRunner;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.util.SerializableUtils;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Runs any DoFn but a splittable one, through runners-core: with state and timers, side inputs,
 * schemas, and whatever else a DoFn may ask for.
 *
 * <p>Driven by its task's thread. Output watermark = min(input watermark, holds of state and
 * timers, timestamps of elements that wait for side inputs).
 *
 * @param <InputT> type of the elements
 * @param <OutputT> type of the main output
 */
public final class GeneralParDoOperator<InputT, OutputT> implements Operator {
  private final DoFnSpec<InputT, OutputT> spec;
  private final @Nullable KeyedScope scope;
  private final OperatorContext context;
  private final CurrentElement current;
  private final PutAside<InputT> aside;
  private final boolean hasSideInputs;
  private @Nullable DoFnInvoker<InputT, OutputT> invoker;
  private @Nullable DoFnRunner<InputT, OutputT> runner;

  /**
   * @param spec the DoFn
   * @param scope its state and timers; null if it has none
   * @param context where the operator stands
   */
  GeneralParDoOperator(
      DoFnSpec<InputT, OutputT> spec, @Nullable KeyedScope scope, OperatorContext context) {
    this.spec = spec;
    this.scope = scope;
    this.context = context;
    this.current = context.current();
    this.hasSideInputs = !spec.sideInputs().isEmpty();
    this.aside = new PutAside<>(spec.sideInputs().values(), context.sideInputs());
  }

  @Override
  public void open() {
    DoFn<InputT, OutputT> fn = SerializableUtils.clone(spec.fn());
    StepContext stepContext = new Context();
    DoFnRunner<InputT, OutputT> simple =
        DoFnRunners.simpleRunner(
            context.options(),
            fn,
            context.sideInputs(),
            new WindowedOutput(
                current, context.step(), spec.outputs().tags(), context.outputs()::receiver),
            spec.outputs().main(),
            spec.outputs().additional(),
            stepContext,
            spec.inputCoder(),
            spec.outputs().coders(),
            spec.strategy(),
            spec.schema(),
            spec.sideInputs());
    runner = scope == null ? simple : stateful(fn, simple, stepContext, scope);
    current.step(context.step());
    DoFnInvoker<InputT, OutputT> made = DoFnInvokers.invokerFor(fn);
    invoker = made;
    made.invokeSetup(new SetupArguments<>(context.options()));
  }

  @SuppressWarnings("unchecked") // the window coder is that of the elements' windows
  private DoFnRunner<InputT, OutputT> stateful(
      DoFn<InputT, OutputT> fn,
      DoFnRunner<InputT, OutputT> simple,
      StepContext stepContext,
      KeyedScope keyed) {
    Coder<BoundedWindow> windowCoder =
        (Coder<BoundedWindow>) spec.strategy().getWindowFn().windowCoder();
    return DoFnRunners.defaultStatefulDoFnRunner(
        fn,
        spec.inputCoder(),
        simple,
        stepContext,
        spec.strategy(),
        new StatefulDoFnRunner.TimeInternalsCleanupTimer<>(keyed.timerInternals(), spec.strategy()),
        new StatefulDoFnRunner.StateInternalsStateCleaner<>(
            fn, keyed.stateInternals(), windowCoder),
        true);
  }

  private DoFnRunner<InputT, OutputT> runner() {
    if (runner == null) {
      throw new IllegalStateException(context.stepName() + " is not open");
    }
    return runner;
  }

  @Override
  public void startBundle() {
    current.step(context.step());
    runner().startBundle();
  }

  @Override
  @SuppressWarnings("unchecked") // the graph connects collections of the right type
  public void receive(@Nullable Object value) {
    WindowedValue<InputT> element =
        WindowedValues.of(
            (InputT) value,
            Instant.ofEpochMilli(current.timestampMillis()),
            current.windows(),
            current.pane(),
            current.marks().recordId(),
            current.marks().recordOffset(),
            current.marks().causedByDrain());
    if (!hasSideInputs) {
      process(element);
      return;
    }
    for (WindowedValue<InputT> single : element.explodeWindows()) {
      // State is read in the order in which elements came: none overtakes one that waits.
      boolean queue = scope != null && !aside.isEmpty();
      if (queue || !aside.isReady(single.getWindows().iterator().next())) {
        aside.add(single);
      } else {
        process(single);
      }
    }
  }

  private void process(WindowedValue<InputT> element) {
    if (scope != null) {
      scope.setKey(((KV<?, ?>) element.getValue()).getKey());
    }
    current.step(context.step());
    runner().processElement(element);
  }

  @Override
  public void finishBundle() {
    current.step(context.step());
    runner().finishBundle();
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    if (scope == null) {
      context.outputs().watermark(Math.min(inputMillis, aside.holdMillis()));
      return;
    }
    // Elements that wait for side inputs must find their state: its windows have not expired.
    scope.inputWatermark(Math.min(inputMillis, aside.holdMillis()));
    if (scope.hasDueEventTimers()) {
      context.bundle().begin();
      scope.fireEventTimers(this::onTimer);
    }
    long held = Math.min(scope.inputWatermark(), scope.holdMillis());
    scope.outputWatermark(held);
    context.outputs().watermark(held);
  }

  @Override
  public void advanceProcessingTime(long nowMillis) {
    if (scope != null && scope.hasDueProcessingTimers(nowMillis)) {
      context.bundle().begin();
      scope.fireProcessingTimers(nowMillis, this::onTimer);
    }
  }

  private void onTimer(@Nullable Object key, TimerData timer) {
    current.step(context.step());
    runner()
        .onTimer(
            timer.getTimerId(),
            timer.getTimerFamilyId(),
            key,
            ((WindowNamespace<?>) timer.getNamespace()).getWindow(),
            timer.getTimestamp(),
            timer.getOutputTimestamp(),
            timer.getDomain(),
            timer.causedByDrain());
  }

  @Override
  public long nextProcessingTimeMillis() {
    return scope == null ? Long.MAX_VALUE : scope.nextProcessingTimeMillis();
  }

  @Override
  public void retry() {
    if (!aside.isEmpty()) {
      context.bundle().begin();
      aside.takeReady().forEach(this::process);
    }
  }

  @Override
  public void close() {
    if (invoker != null) {
      invoker.invokeTeardown();
    }
  }

  /** What runners-core asks of a step. */
  private final class Context implements StepContext {
    @Override
    public StateInternals stateInternals() {
      return keyed().stateInternals();
    }

    @Override
    public TimerInternals timerInternals() {
      return keyed().timerInternals();
    }

    @Override
    public DoFn.BundleFinalizer bundleFinalizer() {
      return context.bundle().finalizer();
    }

    private KeyedScope keyed() {
      if (scope == null) {
        throw new IllegalStateException(context.stepName() + " has declared no state or timer");
      }
      return scope;
    }
  }
}
