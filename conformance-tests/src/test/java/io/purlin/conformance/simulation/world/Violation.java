package io.purlin.conformance.simulation.world;

/**
 * Something that must hold and does not.
 *
 * @param invariant name of its class
 * @param what was seen, for people
 */
public record Violation(String invariant, String what) {
  @Override
  public String toString() {
    return invariant + ": " + what;
  }
}
