package io.purlin.nativerunner.keyed;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import org.apache.beam.sdk.state.BagState;
import org.apache.beam.sdk.state.ReadableState;
import org.jspecify.annotations.Nullable;

/**
 * A bag, in the order in which its values were added.
 *
 * <p>Its array is only appended to and never cleared, so that what was read stays as it was without
 * being copied.
 */
final class BagCell<T> extends StateCell implements BagState<T> {
  private static final @Nullable Object[] NONE = {};

  private @Nullable Object[] values = NONE;
  private int size;

  BagCell(KeyedStates states) {
    super(states);
  }

  @Override
  public void add(@Nullable T value) {
    touch();
    if (size == values.length) {
      values = Arrays.copyOf(values, size == 0 ? 4 : size + (size >> 1));
    }
    values[size++] = value;
  }

  @Override
  public Iterable<T> read() {
    return new Prefix<>(values, size);
  }

  @Override
  public ReadableState<Boolean> isEmpty() {
    return new Deferred<>(this::isVacant);
  }

  @Override
  public BagState<T> readLater() {
    return this;
  }

  @Override
  public void clear() {
    touch();
    values = NONE;
    size = 0;
    emptied();
  }

  @Override
  Object content() {
    return read();
  }

  @Override
  @SuppressWarnings("unchecked") // it was written by the bag's coder
  void content(Object content) {
    ((Iterable<T>) content).forEach(this::add);
  }

  @Override
  boolean isVacant() {
    return size == 0;
  }

  /** The first values of an array that is only appended to. Immutable. */
  private static final class Prefix<T> extends AbstractList<T> implements RandomAccess {
    private final @Nullable Object[] values;
    private final int size;

    Prefix(@Nullable Object[] values, int size) {
      this.values = values;
      this.size = size;
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // the array holds the bag's values, also null
    public T get(int index) {
      if (index >= size) {
        throw new IndexOutOfBoundsException(index + " of " + size);
      }
      return (T) values[index];
    }

    @Override
    public int size() {
      return size;
    }
  }
}
