package io.purlin.nativerunner.translate;

/** A pipeline contains something that this runner cannot run; thrown before anything starts. */
public final class UnsupportedTransformException extends UnsupportedOperationException {
  private static final long serialVersionUID = 1L;

  /**
   * @param transform full name of the transform
   * @param feature what of it cannot be run
   */
  public UnsupportedTransformException(String transform, String feature) {
    super("NativeRunner cannot run " + transform + ": " + feature);
  }
}
