package io.purlin.conformance.budget;

/**
 * One size that was measured.
 *
 * @param where a type, {@code Type#method}, or a package
 * @param what what was measured: file, method, constructor, imports, package
 * @param size the measured size
 * @param limit the largest size allowed
 */
record Finding(String where, String what, int size, int limit) {
  boolean over() {
    return size > limit;
  }

  @Override
  public String toString() {
    return "%s %s: %d, allowed are %d".formatted(where, what, size, limit);
  }
}
