package io.purlin.nativerunner.exchange;

/** The job was told to stop while a task waited. Not a failure. */
public final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A stop. Carries no stack trace, since it says where a task happened to wait. */
  public StoppedException() {
    super("the job was stopped", null, false, false);
  }
}
