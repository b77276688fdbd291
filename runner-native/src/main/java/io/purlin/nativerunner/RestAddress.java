package io.purlin.nativerunner;

import java.util.OptionalInt;

/** What the result of a pipeline on this runner tells of where the job can be looked at. */
public interface RestAddress {
  /**
   * The port that the job listens at: that of {@code --restPort}, and where this is 0, the one that
   * was free. Empty when nothing was to listen. The same for as long as there is a result, though
   * nothing listens any more once the pipeline has ended. Any thread.
   */
  OptionalInt restPort();
}
