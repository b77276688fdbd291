package io.purlin.nativerunner.progress;

/**
 * A line of what is shown.
 *
 * @param text without control characters
 * @param style how it stands out where there are colours
 */
record Line(String text, Style style) {
  /** How a line stands out. */
  enum Style {
    /** Not at all. */
    PLAIN,
    /** It heads what follows. */
    BOLD,
    /** Somebody may want to do something about it. */
    WARNING
  }

  static Line plain(String text) {
    return new Line(text, Style.PLAIN);
  }
}
