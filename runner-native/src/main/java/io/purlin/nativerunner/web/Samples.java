package io.purlin.nativerunner.web;

import io.purlin.nativerunner.view.JobView;
import io.purlin.nativerunner.view.Rates;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Views of the last seconds, so that rates are those of now and not since the start. One thread
 * takes samples, any may ask.
 */
final class Samples {
  /** Milliseconds between two samples. */
  static final long PERIOD_MILLIS = 1_000;

  /** So many periods long is the time that rates are about. */
  private static final int MOST = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Samples.class);

  private final Supplier<JobView> job;
  private final Deque<JobView> older = new ArrayDeque<>();

  Samples(Supplier<JobView> job) {
    this.job = job;
  }

  /** The job now, and what its tasks have been doing. */
  record Now(JobView view, Rates rates) {}

  /** Keeps a view for those who ask later. What fails now may work the next time. */
  void take() {
    JobView view;
    try {
      view = job.get();
    } catch (RuntimeException e) {
      LOG.debug("No sample was taken", e);
      return;
    }
    synchronized (older) {
      older.addLast(view);
      if (older.size() > MOST) {
        older.removeFirst();
      }
    }
  }

  /** The job as it stands. */
  Now now() {
    JobView view = job.get();
    JobView from = view;
    synchronized (older) {
      for (JobView each : older) {
        if (each.attempts() == view.attempts()) {
          from = each;
          break;
        }
      }
    }
    return new Now(view, Rates.between(from, view));
  }
}
