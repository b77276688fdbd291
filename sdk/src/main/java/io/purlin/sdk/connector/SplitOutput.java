package io.purlin.sdk.connector;

/**
 * Where a {@link SplitReader} puts its elements. Used within {@link SplitReader#poll} alone.
 *
 * @param <T> the elements
 */
@FunctionalInterface
public interface SplitOutput<T> {
  /**
   * Hands on an element, which nobody changes afterwards. It is worked on before the call returns.
   *
   * @param timestampMillis its event time, in milliseconds since 1970, within Beam's bounds
   */
  void emit(T element, long timestampMillis);
}
