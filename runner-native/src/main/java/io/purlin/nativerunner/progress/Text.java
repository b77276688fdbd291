package io.purlin.nativerunner.progress;

import java.util.List;

/** What is shown of a kind of jobs. Stateless. */
interface Text {
  /** The widest line and the most lines that are shown, so that a terminal of 80 by 24 has room. */
  int COLUMNS = 79;

  /**
   * For a terminal: as many lines each time for one job, unless {@code most} changes.
   *
   * @param columns the widest line, at least 40
   * @param most lines, at least 6
   */
  List<Line> screen(Moment moment, int columns, int most);

  /** For a log. */
  String line(Moment moment);
}
