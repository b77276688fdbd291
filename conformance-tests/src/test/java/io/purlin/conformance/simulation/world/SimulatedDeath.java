package io.purlin.conformance.simulation.world;

/**
 * The process ends here, whatever it was doing. An error, so that nothing takes it for a failure.
 */
public final class SimulatedDeath extends Error {
  private static final long serialVersionUID = 1L;

  SimulatedDeath(String where) {
    super(where, null, false, false);
  }
}
