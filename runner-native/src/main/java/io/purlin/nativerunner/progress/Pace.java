package io.purlin.nativerunner.progress;

import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast a job is: rates over the last few views, and how long its sources will take by a speed
 * that is the mean at first and follows slowly later. What an earlier attempt did does not count.
 *
 * <p>Owned by the thread that shows the job.
 */
final class Pace {
  /** So many views back is the one that rates are about. */
  private static final int MOST = 5;

  /** The time after which a change of speed is believed for the most part. */
  private static final double SMOOTHING_MILLIS = 10_000;

  private final Deque<JobView> older = new ArrayDeque<>();

  /** Part of all sources a millisecond. */
  private double speed;

  private long measuredMillis;

  /** The job as it is now; to be called with each view once, in their order. */
  Moment at(JobView view) {
    if (!older.isEmpty() && older.getLast().attempts() != view.attempts()) {
      older.clear();
      speed = 0;
      measuredMillis = 0;
    }
    JobView last = older.isEmpty() ? view : older.getLast();
    measure(last, view);
    JobView from = older.isEmpty() ? view : older.getFirst();
    older.addLast(view);
    if (older.size() > MOST) {
      older.removeFirst();
    }
    boolean estimated = view.consumed() >= 0 && speed > 0 && !view.status().isTerminal();
    long left = estimated ? Math.round((1 - view.consumed()) / speed) : JobView.UNKNOWN;
    return new Moment(view, Rates.between(from, view), left);
  }

  private void measure(JobView last, JobView view) {
    long millis = view.nowMillis() - last.nowMillis();
    if (millis <= 0 || last.consumed() < 0 || view.consumed() < 0) {
      return;
    }
    measuredMillis += millis;
    double now = Math.max(0, view.consumed() - last.consumed()) / millis;
    double weight =
        Math.max(1 - Math.exp(-millis / SMOOTHING_MILLIS), (double) millis / measuredMillis);
    speed += (now - speed) * weight;
  }
}
