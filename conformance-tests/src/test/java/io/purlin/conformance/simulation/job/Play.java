package io.purlin.conformance.simulation.job;

import io.purlin.conformance.simulation.world.World;

/** What a simulated source asks of the run that it is part of. One thread. */
public interface Play {
  /** The world. */
  World world();

  /** What the source gives. */
  Load load();

  /** Whether the source has nothing for now. */
  boolean isDry();

  /** Whether the source fails now. */
  boolean sourceFails();

  /** A source was told that what it has read of a partition is committed. */
  void told(int partition, long read);
}
