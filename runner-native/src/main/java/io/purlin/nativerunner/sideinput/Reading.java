package io.purlin.nativerunner.sideinput;

import java.util.List;
import org.apache.beam.sdk.transforms.windowing.BoundedWindow;

/**
 * How far one task of one step has come that reads side inputs.
 *
 * <p>Told by its task's thread, asked by any. What a checkpoint has to hold must stay until every
 * reader has come past it in that checkpoint: where there are any, only what was so at the last
 * barrier counts.
 */
public final class Reading {
  private final List<View> views;
  private final long latenessMillis;
  private final boolean checkpointed;
  private long passedMillis = BoundedWindow.TIMESTAMP_MIN_VALUE.getMillis();
  private volatile long countedMillis = passedMillis;

  Reading(List<View> views, long latenessMillis, boolean checkpointed) {
    this.views = views;
    this.latenessMillis = latenessMillis;
    this.checkpointed = checkpointed;
  }

  /**
   * Every element that comes or waits here has an event time of {@code millis} at least, or is
   * late; panes of earlier windows have fired.
   */
  public void passed(long millis) {
    if (millis > passedMillis) {
      passedMillis = millis;
      if (!checkpointed) {
        count();
      }
    }
  }

  /** The task is at a barrier. */
  public void atBarrier() {
    count();
  }

  private void count() {
    if (passedMillis > countedMillis) {
      countedMillis = passedMillis;
      views.forEach(View::dropWhatIsPassed);
    }
  }

  /** Elements of windows that end before this have expired; in event-time milliseconds. */
  long expiredMillis() {
    return countedMillis - latenessMillis;
  }
}
