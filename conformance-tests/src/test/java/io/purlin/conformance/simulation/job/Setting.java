package io.purlin.conformance.simulation.job;

import io.purlin.conformance.simulation.kafka.Faults;
import io.purlin.conformance.simulation.world.Chance;

/**
 * How a run is set up, drawn from its seed.
 *
 * @param load what the source gives
 * @param lives how many processes are ended before nothing breaks any more
 * @param longestLife doings after which a process ends at the latest
 * @param credits of each channel
 * @param bundleElements after which a bundle ends
 * @param intervalMillis between checkpoints
 * @param timeoutMillis of a checkpoint
 * @param transactionMillis after which the broker gives a transaction up
 * @param retained checkpoints
 * @param refusals of the disk, once in so many operations; 0 for none
 * @param sourceFailures once in so many reads; 0 for none
 * @param kafka how the broker fails
 */
public record Setting(
    Load load,
    int lives,
    int longestLife,
    int credits,
    int bundleElements,
    long intervalMillis,
    long timeoutMillis,
    long transactionMillis,
    int retained,
    int refusals,
    int sourceFailures,
    Faults kafka) {

  /** Draws one. */
  public static Setting draw(Chance chance) {
    return new Setting(
        new Load(chance.between(1, 3), chance.between(3, 25), chance.between(1, 3), chance.bits()),
        chance.between(1, 4),
        chance.oneIn(3) ? 1_500 : 400,
        chance.between(1, 3),
        chance.between(1, 4),
        chance.between(5, 60),
        chance.between(100, 1_500),
        chance.oneIn(3) ? chance.between(50, 400) : 20_000,
        chance.between(1, 3),
        rarely(chance, 40),
        rarely(chance, 60),
        new Faults(rarely(chance, 40), rarely(chance, 10), rarely(chance, 10), rarely(chance, 80)));
  }

  private static int rarely(Chance chance, int atMost) {
    return chance.oneIn(2) ? 0 : chance.between(atMost / 4, atMost * 4);
  }
}
