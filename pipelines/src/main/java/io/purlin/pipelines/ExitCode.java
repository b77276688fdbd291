package io.purlin.pipelines;

/** With what the process ends. */
final class ExitCode {
  /** It went well, and what was checked is right. */
  static final int CORRECT = 0;

  /** It failed, or what was checked is not right. */
  static final int FAILED = 1;

  /** The arguments are wrong; nothing was begun. */
  static final int USAGE = 2;

  private ExitCode() {}
}
