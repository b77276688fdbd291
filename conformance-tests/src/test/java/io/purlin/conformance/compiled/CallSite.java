package io.purlin.conformance.compiled;

/**
 * A call that the compiler could not bind, so that it goes through the table of methods.
 *
 * @param caller class and method, such as {@code a.B.run}
 * @param callee class and method that are named there; what is called can be of any subclass
 */
record CallSite(String caller, String callee) {
  @Override
  public String toString() {
    return caller + " -> " + callee;
  }
}
