package io.purlin.conformance.validatesrunner;

/**
 * One test of the suite.
 *
 * @param className binary name of its class
 * @param method its method
 */
record TestId(String className, String method) implements Comparable<TestId> {
  /**
   * Reads {@code class#method}.
   *
   * @throws IllegalArgumentException if it is anything else
   */
  static TestId parse(String text) {
    int hash = text.indexOf('#');
    if (hash <= 0 || hash == text.length() - 1) {
      throw new IllegalArgumentException("not Class#method: " + text);
    }
    return new TestId(text.substring(0, hash), text.substring(hash + 1));
  }

  @Override
  public int compareTo(TestId other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return className + "#" + method;
  }
}
