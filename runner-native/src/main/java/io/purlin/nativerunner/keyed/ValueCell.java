package io.purlin.nativerunner.keyed;

import java.util.Objects;
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
  Object content() {
    return Objects.requireNonNull(value);
  }

  @Override
  @SuppressWarnings("unchecked") // it was written by the value's coder
  void content(Object content) {
    value = (T) content;
  }

  @Override
  boolean isVacant() {
    return value == null;
  }
}
