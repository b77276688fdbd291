package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.Receiver;
import org.apache.beam.sdk.values.KV;
import org.jspecify.annotations.Nullable;

/**
 * Gives every element the same null key, so that all can be grouped. Driven by its task's thread.
 */
public final class VoidKeyOperator implements Operator {
  private final Outputs outputs;
  private Receiver next = value -> {};

  /** An operator of the given context's position. */
  public VoidKeyOperator(OperatorContext context) {
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
    next.receive(KV.of(null, value));
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
