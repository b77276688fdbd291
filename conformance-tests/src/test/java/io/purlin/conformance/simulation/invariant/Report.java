package io.purlin.conformance.simulation.invariant;

/** Where an invariant says what does not hold. */
public interface Report {
  /** Something does not hold. */
  void violated(Class<? extends Invariant> invariant, String what);
}
