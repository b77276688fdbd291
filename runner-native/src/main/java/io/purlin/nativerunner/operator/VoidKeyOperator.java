package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Gives every element of a view the same null key, so that all can be grouped. Driven by its task's
 * thread.
 */
public final class VoidKeyOperator implements Operator {
  private final ViewForm form;
  private final CurrentElement current;
  private final Outputs outputs;
  private Receiver next = value -> {};

  /**
   * @param form of the view
   * @param context where the operator stands
   */
  public VoidKeyOperator(ViewForm form, OperatorContext context) {
    this.form = form;
    this.current = context.current();
    this.outputs = context.outputs();
  }

  @Override
  public void open() {
    next = outputs.receiver(0);
  }

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {
    if (form.takes(value)) {
      next.receive(KV.of(null, form.sent(value, current.pane().getIndex())));
    }
  }

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {
    outputs.watermark(inputMillis);
  }

  @Override
  public void close() {}
}
