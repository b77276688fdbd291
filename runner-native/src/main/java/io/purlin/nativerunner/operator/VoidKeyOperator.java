package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.CurrentElement;
import io.purlin.nativerunner.element.Receiver;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Gives every element the same null key, so that all can be grouped; and where asked, pairs it with
 * the number of its pane. Driven by its task's thread.
 */
public final class VoidKeyOperator implements Operator {
  private final boolean withPane;
  private final CurrentElement current;
  private final Outputs outputs;
  private Receiver next = value -> {};

  /**
   * @param withPane whether the values are pairs of the pane's number and the element
   * @param context where the operator stands
   */
  public VoidKeyOperator(boolean withPane, OperatorContext context) {
    this.withPane = withPane;
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
    next.receive(KV.of(null, withPane ? KV.of(current.pane().getIndex(), value) : value));
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
