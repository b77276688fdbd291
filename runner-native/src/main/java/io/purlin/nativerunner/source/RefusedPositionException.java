package io.purlin.nativerunner.source;

/** A position of a source is not restored: it cannot be read, or holds what no source has. */
public final class RefusedPositionException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String step;

  /**
   * A position that is not restored.
   *
   * @param step full name of the Beam transform
   * @param why what is wrong with it
   * @param cause how that was found
   */
  RefusedPositionException(String step, String why, Throwable cause) {
    super("the position of " + step + " is not restored: " + why, cause);
    this.step = step;
  }

  /** Full name of the Beam transform whose position it is. */
  public String step() {
    return step;
  }
}
