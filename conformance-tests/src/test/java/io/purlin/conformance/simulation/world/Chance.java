package io.purlin.conformance.simulation.world;

import java.util.List;
import java.util.Random;

/** All chance of a simulated run, from one seed. */
public final class Chance {
  private final Random random;

  /** The same seed gives the same run. */
  public Chance(long seed) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
  }

  /** Whether something happens that does so once in {@code n} times. */
  public boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  /** A number from {@code least} to {@code most}, both included. */
  public int between(int least, int most) {
    return least + random.nextInt(most - least + 1);
  }

  /** One of several. */
  public <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** 64 bits. */
  public long bits() {
    return random.nextLong();
  }

  /** For those that want a generator. */
  public Random random() {
    return random;
  }
}
