package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * Passes everything on as it is: Flatten, whose union is made by its edges, and Reshuffle, whose
 * redistribution is. Driven by its task's thread.
 */
public final class ForwardOperator implements Operator {
  private final Outputs outputs;
  private Receiver next = value -> {};

  /** An operator of the given context's position. */
  public ForwardOperator(OperatorContext context) {
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
    next.receive(value);
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
