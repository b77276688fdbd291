package io.purlin.conformance.validatesrunner;

/**
 * How one test ended.
 *
 * @param kind passed, failed or skipped
 * @param message the first line of what a failed test said, else empty
 */
record Outcome(Kind kind, String message) {
  enum Kind {
    PASSED,
    FAILED,
    SKIPPED
  }

  static final Outcome PASSED = new Outcome(Kind.PASSED, "");
  static final Outcome SKIPPED = new Outcome(Kind.SKIPPED, "");

  static Outcome failed(String message) {
    return new Outcome(Kind.FAILED, message);
  }
}
