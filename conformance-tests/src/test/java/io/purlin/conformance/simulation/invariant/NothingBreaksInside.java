package io.purlin.conformance.simulation.invariant;

import io.purlin.conformance.simulation.job.SimulatedProcess.Ending;
import java.util.List;

/** Faults from outside never make the engine break its own rules. */
final class NothingBreaksInside implements Invariant {
  private static final List<Class<? extends Throwable>> OWN_FAULTS =
      List.of(
          IllegalStateException.class,
          IllegalArgumentException.class,
          NullPointerException.class,
          ClassCastException.class,
          IndexOutOfBoundsException.class,
          UnsupportedOperationException.class,
          AssertionError.class);

  private final Report report;

  NothingBreaksInside(Report report) {
    this.report = report;
  }

  @Override
  public void failed(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      Throwable cause = each;
      if (OWN_FAULTS.stream().anyMatch(type -> type.isInstance(cause))) {
        report.violated(getClass(), cause + at(cause));
      }
    }
  }

  private static String at(Throwable cause) {
    StackTraceElement[] trace = cause.getStackTrace();
    return trace.length == 0 ? "" : " at " + trace[0];
  }

  @Override
  public void ended(Ending ending, boolean stale, boolean calm) {
    if (ending instanceof Ending.Failed failed) {
      failed(failed.cause());
    }
  }
}
