package io.purlin.conformance.faults.stage;

/** The one answer to being interrupted here: give up. */
final class Interrupts {
  private Interrupts() {}

  static IllegalStateException passOn(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException(e);
  }
}
