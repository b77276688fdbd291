package io.purlin.nativerunner.invoke;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import java.util.List;
import org.apache.beam.runners.core.TimerInternals.TimerData;
import org.apache.beam.sdk.transforms.reflect.DoFnInvoker;
import org.apache.beam.sdk.transforms.reflect.DoFnInvokers;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.util.UserCodeException;
import org.jspecify.annotations.Nullable;

/**
 * One DoFn instance, bound to the place where it is called.
 *
 * <p>What user code throws comes out as {@link UserCodeException}. Owned by the task's thread.
 * Lifetime: {@link #setup} first, {@link #teardown} last, whatever happens between them; a failed
 * setup tears down by itself.
 */
public final class BoundDoFn {
  private final DoFnInvoker<Object, Object> invoker;
  private final Reach reach;
  private final CallArguments arguments;
  private final @Nullable DirectPath direct;
  private final CurrentElement current;
  private final int step;
  private boolean needsTeardown;

  /**
   * @param spec the ParDo; its DoFn instance is used, so that it must be this task's own
   * @param context where it is called
   * @param path how its elements are handed over
   */
  public BoundDoFn(DoFnSpec spec, InvokeContext context, CallPath path) {
    this.reach = Reach.of(spec, context);
    this.invoker = DoFnInvokers.invokerFor(reach.fn());
    this.arguments = new CallArguments(spec, reach);
    this.direct =
        path == CallPath.DIRECT ? DirectPath.of(spec, reach, arguments.elementContext()) : null;
    this.current = context.current();
    this.step = context.step();
  }

  /** The fastest way to hand over a value that the current element describes. */
  public Receiver entry() {
    return direct == null ? this::process : direct.stage();
  }

  /**
   * Runs {@code @Setup}; when that fails, {@code @Teardown} too.
   *
   * @param receivers where each output goes, by its index
   */
  public void setup(List<Receiver> receivers) {
    reach.ports().wire(receivers);
    arguments.elementContext().wire(receivers.get(0));
    if (direct != null) {
      direct.wire(receivers.get(0));
    }
    current.step(step);
    needsTeardown = true;
    try {
      invoker.invokeSetup(arguments);
    } catch (Exception e) {
      RuntimeException failure = UserCodeException.wrap(e);
      try {
        teardown();
      } catch (RuntimeException second) {
        failure.addSuppressed(second);
      }
      throw failure;
    }
  }

  /** Runs {@code @StartBundle}. */
  public void startBundle() {
    current.step(step);
    try {
      invoker.invokeStartBundle(arguments);
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  /** Runs {@code @ProcessElement} for a value that the current element describes. */
  public void process(@Nullable Object value) {
    current.step(step);
    arguments.element(value);
    try {
      invoker.invokeProcessElement(arguments);
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  /** Runs the method of a timer. The current element is the timer's afterwards. */
  public void onTimer(TimerData timer, BoundedWindow window) {
    current.step(step);
    current.set(
        timer.getOutputTimestamp().getMillis(),
        List.of(window),
        PaneInfo.NO_FIRING,
        current.marks().ofFiring());
    arguments.timer(timer);
    try {
      invoker.invokeOnTimer(timer.getTimerId(), timer.getTimerFamilyId(), arguments);
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  /**
   * Runs {@code @OnWindowExpiration} for the current key, emitting at the window's last timestamp.
   */
  public void onWindowExpiration(BoundedWindow window) {
    current.step(step);
    current.set(
        window.maxTimestamp().getMillis(),
        List.of(window),
        PaneInfo.NO_FIRING,
        current.marks().ofFiring());
    try {
      invoker.invokeOnWindowExpiration(arguments);
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  /** Runs {@code @FinishBundle}. */
  public void finishBundle() {
    current.step(step);
    try {
      invoker.invokeFinishBundle(arguments);
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }

  /** Runs {@code @Teardown} if {@code @Setup} was begun and nothing was torn down yet. */
  public void teardown() {
    if (!needsTeardown) {
      return;
    }
    needsTeardown = false;
    try {
      invoker.invokeTeardown();
    } catch (Exception e) {
      throw UserCodeException.wrap(e);
    }
  }
}
