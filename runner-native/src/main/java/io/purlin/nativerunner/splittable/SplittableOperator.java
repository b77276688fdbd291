package io.purlin.nativerunner.splittable;

import io.purlin.nativerunner.beam.BeamMarks;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.invoke.WindowedOutput;
import io.purlin.nativerunner.keyed.KeyedScope;
import io.purlin.nativerunner.metrics.Consumed;
import io.purlin.nativerunner.operator.Operator;
import io.purlin.nativerunner.operator.OperatorContext;
import io.purlin.nativerunner.sideinput.Reading;
import io.purlin.state.SnapshotSink;
import io.purlin.state.SnapshotSource;
import java.io.IOException;
import java.util.List;
import org.apache.beam.runners.core.DoFnRunners;
import org.apache.beam.runners.core.KeyedWorkItem;
import org.apache.beam.runners.core.KeyedWorkItems;
import org.apache.beam.runners.core.ProcessFnRunner;
import org.apache.beam.runners.core.SplittableParDoViaKeyedWorkItems.ProcessFn;
import org.apache.beam.runners.core.StateInternals;
import org.apache.beam.runners.core.StepContext;
import org.apache.beam.runners.core.TimerInternals;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFnSchemaInformation;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.values.KV;
import org.apache.beam.sdk.values.TupleTag;
import org.apache.beam.sdk.values.WindowedValue;
import org.apache.beam.sdk.values.WindowedValues;
import org.jspecify.annotations.Nullable;

/**
 * Processes pairs of element and restriction, each under a key of its own.
 *
 * <p>Driven by its task's thread. Output watermark = min(input watermark, holds of the restrictions
 * that wait, timestamps of elements that wait for side inputs). A call is ended after some outputs
 * or some time, and goes on from where it was ({@link TruncatingInvoker#of}). Of a job that is
 * drained, restrictions are truncated.
 *
 * @param <InputT> type of the elements
 * @param <OutputT> type of the main output
 * @param <RestrictionT> type of the restrictions
 * @param <EstimatorT> type of the watermark estimator's state
 */
public final class SplittableOperator<InputT, OutputT, RestrictionT, EstimatorT>
    implements Operator {
  private final SplittableSpec<InputT, OutputT, RestrictionT, EstimatorT> spec;
  private final OperatorContext context;
  private final CurrentElement current;
  private final KeyedScope scope;
  private final WaitingRestrictions<InputT, RestrictionT> waiting;
  private final Reading reading;
  private final RestrictionProgress progress = new RestrictionProgress();
  private @Nullable ProcessFn<InputT, OutputT, RestrictionT, ?, EstimatorT> processFn;
  private @Nullable ProcessFnRunner<InputT, OutputT, RestrictionT> runner;
  private @Nullable TruncatingInvoker<InputT, OutputT, RestrictionT, EstimatorT> invoker;

  /**
   * @param spec the splittable DoFn
   * @param scope state and timers of the restrictions that wait
   * @param context where the operator stands
   */
  SplittableOperator(
      SplittableSpec<InputT, OutputT, RestrictionT, EstimatorT> spec,
      KeyedScope scope,
      OperatorContext context) {
    this.spec = spec;
    this.scope = scope;
    this.context = context;
    this.current = context.current();
    this.waiting = new WaitingRestrictions<>(spec, context);
    this.reading =
        context
            .sideInputs()
            .reading(spec.sideInputs(), spec.strategy().getAllowedLateness().getMillis());
  }

  @Override
  @SuppressWarnings("unchecked") // the first tag is the main output's
  public void open() {
    DoFn<InputT, OutputT> fn = spec.copyOfFn();
    ProcessFn<InputT, OutputT, RestrictionT, Object, EstimatorT> made =
        new ProcessFn<>(
            fn,
            spec.coders().element(),
            spec.coders().restriction(),
            spec.coders().estimator(),
            spec.strategy(),
            spec.sideInputMapping());
    WindowedOutput output =
        new WindowedOutput(current, context.step(), spec.outputTags(), context.outputs()::receiver);
    TupleTag<OutputT> mainTag = (TupleTag<OutputT>) spec.outputTags().get(0);
    made.setStateInternalsFactory(key -> scope.stateInternals());
    made.setTimerInternalsFactory(key -> scope.timerInternals());
    made.setSideInputReader(context.sideInputs());
    TruncatingInvoker<InputT, OutputT, RestrictionT, EstimatorT> calls =
        TruncatingInvoker.of(fn, context, output, mainTag, this::currentKey);
    made.setProcessElementInvoker(
        MeasuringInvoker.of(calls, context.options(), this::currentKey, progress));
    invoker = calls;
    processFn = made;
    runner =
        DoFnRunners.newProcessFnRunner(
            made,
            context.options(),
            spec.sideInputs(),
            context.sideInputs(),
            output,
            mainTag,
            spec.outputTags().subList(1, spec.outputTags().size()),
            new Context(),
            null,
            spec.outputCoders(),
            spec.strategy(),
            DoFnSchemaInformation.create(),
            spec.sideInputMapping());
    DoFnInvokers.tryInvokeSetupFor(made, context.options());
  }

  @Override
  public Consumed consumed() {
    return progress.consumed();
  }

  private byte[] currentKey() {
    if (scope.currentKey() instanceof byte[] key) {
      return key;
    }
    throw new IllegalStateException(context.stepName() + " processes no restriction");
  }

  @Override
  public void drain() {
    if (invoker != null) {
      invoker.drain();
    }
  }

  private ProcessFnRunner<InputT, OutputT, RestrictionT> runner() {
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
  @SuppressWarnings("unchecked") // the graph puts this operator behind the pairing of restrictions
  public void receive(@Nullable Object value) {
    KV<byte[], KV<InputT, RestrictionT>> keyed = (KV<byte[], KV<InputT, RestrictionT>>) value;
    if (keyed == null) {
      throw new IllegalStateException(context.stepName() + " was given no restriction");
    }
    WindowedValue<KV<InputT, RestrictionT>> element = BeamMarks.windowed(keyed.getValue(), current);
    process(
        WindowedValues.valueInGlobalWindow(
            KeyedWorkItems.elementsWorkItem(keyed.getKey(), List.of(element))));
  }

  private void process(WindowedValue<KeyedWorkItem<byte[], KV<InputT, RestrictionT>>> item) {
    scope.setKey(item.getValue().key());
    current.step(context.step());
    runner().processElementInReadyWindows(item).forEach(each -> waiting.add(each.getValue()));
  }

  @Override
  public void finishBundle() {
    current.step(context.step());
    runner().finishBundle();
  }

  @Override
  public void advanceWatermark(long inputMillis) {
    scope.inputWatermark(Math.max(scope.inputWatermark(), inputMillis));
    long held =
        Math.min(scope.inputWatermark(), Math.min(scope.holdMillis(), waiting.holdMillis()));
    if (held == scope.inputWatermark()) {
      // Otherwise a restriction may go on whose element's window is far behind.
      reading.passed(held);
    }
    scope.outputWatermark(held);
    context.outputs().watermark(held);
  }

  @Override
  public void advanceProcessingTime(long nowMillis) {
    if (scope.hasDueProcessingTimers(nowMillis)) {
      context.bundle().begin();
      scope.fireProcessingTimers(nowMillis, this::resume);
    }
  }

  private void resume(@Nullable Object key, TimerData timer) {
    process(
        WindowedValues.valueInGlobalWindow(
            KeyedWorkItems.<byte[], KV<InputT, RestrictionT>>timersWorkItem(
                (byte[]) key, List.of(timer))));
  }

  @Override
  public long nextProcessingTimeMillis() {
    return scope.nextProcessingTimeMillis();
  }

  @Override
  public void retry() {
    if (waiting.isEmpty()) {
      return;
    }
    context.bundle().begin();
    waiting.take().forEach(item -> process(WindowedValues.valueInGlobalWindow(item)));
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
    if (processFn != null) {
      DoFnInvokers.invokerFor(processFn).invokeTeardown();
    }
  }

  /** What runners-core asks of a step. */
  private final class Context implements StepContext {
    @Override
    public StateInternals stateInternals() {
      return scope.stateInternals();
    }

    @Override
    public TimerInternals timerInternals() {
      return scope.timerInternals();
    }

    @Override
    public DoFn.BundleFinalizer bundleFinalizer() {
      return context.bundle().finalizer();
    }
  }
}
