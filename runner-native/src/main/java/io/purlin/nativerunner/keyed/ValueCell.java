package io.purlin.nativerunner.keyed;

import org.apache.beam.sdk.state.ValueState;
import org.jspecify.annotations.Nullable;

/** One value. Null is the same as none. */
final class ValueCell<T> extends StateCell implements ValueState<T> {
  private @Nullable T value;

  ValueCell(KeyedStates states) {
    super(states);
  }

  @Override
  public void write(@Nullable T newValue) {
    touch();
    value = newValue;
    if (newValue == null) {
      emptied();
    }
  }

  @Override
  public @Nullable T read() {
    return value;
  }

  @Override
  public ValueState<T> readLater() {
    return this;
  }

  @Override
  public void clear() {
    write(null);
  }

  @Override
  boolean isVacant() {
    return value == null;
  }
}
