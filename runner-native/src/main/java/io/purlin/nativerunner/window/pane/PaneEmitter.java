package io.purlin.nativerunner.window.pane;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Marks;
import io.purlin.nativerunner.element.Receiver;
import io.purlin.nativerunner.operator.OperatorContext;
import java.util.Collection;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;
import org.apache.beam.sdk.transforms.windowing.PaneInfo;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Passes panes on: sets the current element to the pane's metadata for the call and restores it
 * after. Owned by the task's thread; lives as long as its operator.
 */
public final class PaneEmitter {
  private final CurrentElement current;
  private final OperatorContext context;
  private Receiver next = value -> {};

  /** An emitter to the main output of the given context's operator. */
  public PaneEmitter(OperatorContext context) {
    this.context = context;
    this.current = context.current();
  }

  /** Finds the receiver; before anything is emitted. */
  public void open() {
    next = context.outputs().receiver(0);
  }

  /**
   * Emits {@code KV.of(key, value)}, marked as caused by a drain if what makes it fire is. The step
   * is this operator's again afterwards.
   */
  public void emit(
      @Nullable Object key,
      @Nullable Object value,
      long timestampMillis,
      Collection<? extends BoundedWindow> windows,
      PaneInfo pane) {
    long timestampBefore = current.timestampMillis();
    Collection<? extends BoundedWindow> windowsBefore = current.windows();
    PaneInfo paneBefore = current.pane();
    Marks marksBefore = current.marks();
    current.set(timestampMillis, windows, pane, marksBefore.ofFiring());
    next.receive(KV.of(key, value));
    current.set(timestampBefore, windowsBefore, paneBefore, marksBefore);
    current.step(context.step());
  }
}
