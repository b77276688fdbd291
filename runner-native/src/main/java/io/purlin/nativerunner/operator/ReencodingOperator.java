package io.purlin.nativerunner.operator;

import io.purlin.nativerunner.element.Receiver;
import org.apache.beam.sdk.coders.Coder;
import org.apache.beam.sdk.coders.CoderException;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.UserCodeException;
import org.jspecify.annotations.Nullable;

/**
 * Passes each element on as its coder makes it anew from its encoding, for those who check that it
 * can. Driven by its task's thread.
 */
public final class ReencodingOperator implements Operator {
  private final Coder<@Nullable Object> coder;
  private final Outputs outputs;
  private Receiver next = value -> {};

  /**
   * @param coder of the elements
   * @param context where the operator stands
   */
  @SuppressWarnings("unchecked") // a collection's coder takes its elements
  public ReencodingOperator(Coder<?> coder, OperatorContext context) {
    this.coder = (Coder<@Nullable Object>) coder;
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
    next.receive(reencoded(value));
  }

  private @Nullable Object reencoded(@Nullable Object value) {
    try {
      return CoderUtils.clone(coder, value);
    } catch (CoderException e) {
      throw UserCodeException.wrap(e);
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
