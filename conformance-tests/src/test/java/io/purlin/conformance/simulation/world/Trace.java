package io.purlin.conformance.simulation.world;

import io.purlin.nativerunner.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** What happened in a simulated run, line by line, with the time at which it did. */
public final class Trace {
  private final List<String> lines = new ArrayList<>();
  private final Clock clock;

  /** An empty trace. */
  public Trace(Clock clock) {
    this.clock = clock;
  }

  /** Adds a line. */
  public void add(String what) {
    lines.add(clock.millis() + " " + what);
  }

  /** All lines. */
  public List<String> lines() {
    return List.copyOf(lines);
  }

  /** The last lines, at most {@code count}. */
  public List<String> last(int count) {
    return List.copyOf(lines.subList(Math.max(0, lines.size() - count), lines.size()));
  }
}
