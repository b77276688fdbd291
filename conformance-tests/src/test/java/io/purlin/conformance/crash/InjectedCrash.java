package io.purlin.conformance.crash;

/** The end of a run that was meant to end so. */
final class InjectedCrash extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InjectedCrash(String when) {
    super(when);
  }

  /** Whether a failure is one that was injected. */
  static boolean is(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (each instanceof InjectedCrash) {
        return true;
      }
    }
    return false;
  }
}
