package io.purlin.conformance.faults.stage;

import java.io.Serial;

/** Something that must hold does not. The message says what. */
public final class Violation extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  /** A violation. */
  public Violation(String message) {
    super(message);
  }
}
