package io.purlin.nativerunner.keyed;

import java.util.function.Supplier;
import org.apache.beam.sdk.state.ReadableState;

/**
 * What is looked up when it is read.
 *
 * @param lookup done at each read
 */
record Deferred<T>(Supplier<T> lookup) implements ReadableState<T> {
  @Override
  public T read() {
    return lookup.get();
  }

  @Override
  public ReadableState<T> readLater() {
    return this;
  }
}
