package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.beam.BeamArguments;
import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import java.util.List;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.state.State;
import org.apache.beam.sdk.state.TimeDomain;
import org.apache.beam.sdk.state.Timer;
import org.apache.beam.sdk.state.TimerMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.DoFn.BundleFinalizer;
import org.apache.beam.sdk.transforms.DoFn.MultiOutputReceiver;
import org.apache.beam.sdk.transforms.DoFn.OutputReceiver;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.Row;
import org.joda.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of every method of a DoFn: one object for all calls, since each asks only for what
 * its phase has, which Beam has checked when the pipeline was built.
 *
 * <p>All but the element and the firing timer is the task's current element. Owned by the task's
 * thread; lives as long as the DoFn.
 */
final class CallArguments extends BeamArguments {
  private final CurrentElement current;
  private final InvokeContext context;
  private final ElementContext elementContext;
  private final TimerContext timerContext;
  private final StartContext startContext;
  private final FinishContext finishContext;
  private final SideInputs sideInputs;
  private final TaggedReceivers receivers;
  private final @Nullable KeyedArguments keyed;
  private final List<SerializableFunction<?, ?>> elementConverters;

  CallArguments(DoFnSpec spec, Reach reach) {
    this.context = reach.context();
    this.current = context.current();
    this.sideInputs = reach.sideInputs();
    this.receivers = reach.receivers();
    this.elementContext = new ElementContext(reach);
    this.timerContext = new TimerContext(reach);
    this.startContext = new StartContext(reach);
    this.finishContext = new FinishContext(reach);
    this.keyed =
        context.keyed() == null ? null : new KeyedArguments(spec, current, context.keyed());
    this.elementConverters = spec.schema().getElementConverters();
  }

  /** The context object of {@code @ProcessElement}. */
  ElementHolder elementContext() {
    return elementContext;
  }

  /** The next call is for this element. */
  void element(@Nullable Object value) {
    elementContext.element(value);
  }

  /** The next call is for this timer. */
  void timer(TimerData timer) {
    timerContext.timer(timer);
  }

  @Override
  public Object element(DoFn<Object, Object> fn) {
    return elementContext.element();
  }

  @Override
  @SuppressWarnings("unchecked") // a converter's type is the element's
  public @Nullable Object schemaElement(int index) {
    return ((SerializableFunction<Object, Object>) elementConverters.get(index))
        .apply(elementContext.element());
  }

  @Override
  public @Nullable Object key() {
    return context.keyed() == null ? null : context.keyed().currentKey();
  }

  @Override
  public @Nullable Object sideInput(String tag) {
    return sideInputs.get(tag, window());
  }

  @Override
  public BoundedWindow window() {
    return OnlyWindow.of(current);
  }

  @Override
  public Instant timestamp(DoFn<Object, Object> fn) {
    return Instant.ofEpochMilli(current.timestampMillis());
  }

  @Override
  public PaneInfo paneInfo(DoFn<Object, Object> fn) {
    return current.pane();
  }

  @Override
  protected Marks marks() {
    return current.marks();
  }

  @Override
  public TimeDomain timeDomain(DoFn<Object, Object> fn) {
    return timerContext.timeDomain();
  }

  @Override
  public String timerId(DoFn<Object, Object> fn) {
    return timerContext.timer().getTimerId();
  }

  @Override
  public PipelineOptions pipelineOptions() {
    return context.options();
  }

  @Override
  public BundleFinalizer bundleFinalizer() {
    return context.finalizer();
  }

  @Override
  public OutputReceiver<Object> outputReceiver(DoFn<Object, Object> fn) {
    return receivers.main();
  }

  @Override
  public OutputReceiver<Row> outputRowReceiver(DoFn<Object, Object> fn) {
    return receivers.mainRows();
  }

  @Override
  public MultiOutputReceiver taggedOutputReceiver(DoFn<Object, Object> fn) {
    return receivers;
  }

  @Override
  public DoFn<Object, Object>.StartBundleContext startBundleContext(DoFn<Object, Object> fn) {
    return startContext;
  }

  @Override
  public DoFn<Object, Object>.ProcessContext processContext(DoFn<Object, Object> fn) {
    return elementContext;
  }

  @Override
  public DoFn<Object, Object>.OnTimerContext onTimerContext(DoFn<Object, Object> fn) {
    return timerContext;
  }

  @Override
  public DoFn<Object, Object>.FinishBundleContext finishBundleContext(DoFn<Object, Object> fn) {
    return finishContext;
  }

  @Override
  public State state(String id, boolean alwaysFetched) {
    return keyed().state(id, alwaysFetched);
  }

  @Override
  public Timer timer(String id) {
    return keyed().timer(id);
  }

  @Override
  public TimerMap timerFamily(String id) {
    return keyed().timerFamily(id);
  }

  private KeyedArguments keyed() {
    if (keyed == null) {
      throw new IllegalStateException("state and timers were not expected here");
    }
    return keyed;
  }

  @Override
  public String getErrorContext() {
    return "a method that cannot have it";
  }
}
