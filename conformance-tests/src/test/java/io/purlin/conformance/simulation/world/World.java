package io.purlin.conformance.simulation.world;

import io.purlin.nativerunner.time.Clock;
import io.purlin.nativerunner.time.ManualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The time, the chance and the trace that everything in a simulated run shares, and what is on its
 * way through the network. One thread. Lifetime: a run.
 */
public final class World {
  private static final long BEGINNING = 1_000_000;

  /** Something that happens later. */
  private record Message(long atMillis, int order, String what, Runnable arrival) {}

  private final ManualClock clock = new ManualClock(BEGINNING);
  private final Chance chance;
  private final Trace trace = new Trace(clock);
  private final List<Violation> violations = new ArrayList<>();
  private final PriorityQueue<Message> network =
      new PriorityQueue<>(
          (a, b) ->
              a.atMillis() != b.atMillis()
                  ? Long.compare(a.atMillis(), b.atMillis())
                  : Integer.compare(a.order(), b.order()));
  private int sent;
  private boolean calm;

  /** A world without anything in it. */
  public World(Chance chance) {
    this.chance = chance;
  }

  /** The time; only the world moves it. */
  public Clock clock() {
    return clock;
  }

  /** All chance. */
  public Chance chance() {
    return chance;
  }

  /** What happened. */
  public Trace trace() {
    return trace;
  }

  /** Nothing breaks any more. */
  public void calmDown() {
    calm = true;
    trace.add("from here on nothing breaks");
  }

  /** Whether something breaks now that does so once in {@code n} times; never once it is calm. */
  public boolean breaks(int n) {
    return !calm && n > 0 && chance.oneIn(n);
  }

  /** Whether nothing breaks any more. */
  public boolean isCalm() {
    return calm;
  }

  /** Something arrives after a while. */
  public void later(int millis, String what, Runnable arrival) {
    network.add(new Message(clock.millis() + millis, sent++, what, arrival));
  }

  /** Time passes, and what was to arrive meanwhile does. */
  public void pass(long millis) {
    passUntil(clock.millis() + millis);
  }

  /** Time passes, and what was to arrive meanwhile does. */
  public void passUntil(long untilMillis) {
    for (Message next = network.peek();
        next != null && next.atMillis() <= untilMillis;
        next = network.peek()) {
      network.remove();
      clock.advanceTo(next.atMillis());
      trace.add("arrives: " + next.what());
      next.arrival().run();
    }
    clock.advanceTo(untilMillis);
  }

  /** An invariant does not hold. */
  public void violated(String invariant, String what) {
    trace.add("VIOLATED " + invariant + ": " + what);
    violations.add(new Violation(invariant, what));
  }

  /** What did not hold. */
  public List<Violation> violations() {
    return violations;
  }
}
