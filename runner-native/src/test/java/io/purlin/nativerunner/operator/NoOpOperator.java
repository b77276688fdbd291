package io.purlin.nativerunner.operator;

import org.jspecify.annotations.Nullable;

/**
 * An operator that does nothing, not even passing watermarks on: what fakes begin with. Each says
 * what it does and no more.
 */
public abstract class NoOpOperator implements Operator {
  @Override
  public void open() {}

  @Override
  public void startBundle() {}

  @Override
  public void receive(@Nullable Object value) {}

  @Override
  public void finishBundle() {}

  @Override
  public void advanceWatermark(long inputMillis) {}

  @Override
  public void close() {}
}
