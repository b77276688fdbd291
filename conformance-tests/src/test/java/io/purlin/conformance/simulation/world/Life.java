package io.purlin.conformance.simulation.world;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One process, from its start to its end: everything that it does to the world passes here, and so
 * it can end, or be frozen, between any two of its doings.
 *
 * <p>One thread. Once it is over, whatever it still tries fails.
 */
public final class Life {
  private final World world;
  private final int number;
  private final long end;
  private final long freeze;
  private final Runnable meanwhile;
  private final List<Runnable> lastWords = new ArrayList<>();
  private long doings;
  private @Nullable SimulatedDeath death;

  /**
   * @param number of the process, from 1
   * @param end after how many doings it ends
   * @param freeze after how many it stands still for a time
   * @param meanwhile what others do in that time
   */
  public Life(World world, int number, long end, long freeze, Runnable meanwhile) {
    this.world = world;
    this.number = number;
    this.end = end;
    this.freeze = freeze;
    this.meanwhile = meanwhile;
  }

  /** The world that it is in. */
  public World world() {
    return world;
  }

  /** The process does something; it may be the last that it does, or not be done at all. */
  public void does(String what) {
    stillThere();
    world.trace().add("#" + number + " " + what);
    doings++;
    if (doings == end) {
      end(what);
    }
    if (doings == freeze) {
      world.trace().add("#" + number + " is frozen");
      meanwhile.run();
      world.trace().add("#" + number + " goes on");
    }
  }

  /** Ends it here. */
  public void end(String what) {
    SimulatedDeath now = new SimulatedDeath("#" + number + " ends: " + what);
    death = now;
    world.trace().add("#" + number + " ENDS");
    lastWords.forEach(Runnable::run);
    throw now;
  }

  /** Fails when it is over. */
  public void stillThere() {
    SimulatedDeath over = death;
    if (over != null) {
      throw over;
    }
  }

  /** What is on its way to others when it ends; done at its end. */
  public void lastWord(Runnable word) {
    lastWords.add(word);
  }

  /** Whether it was ended from outside. */
  public boolean isOver() {
    return death != null;
  }

  /** How much it has done. */
  public long doings() {
    return doings;
  }

  @Override
  public String toString() {
    return "#" + number;
  }
}
