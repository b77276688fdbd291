package io.purlin.nativerunner.job.watch;

import io.purlin.nativerunner.view.FailureView;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What has failed a job so far, the newest. The job's thread writes it, any thread may ask. */
final class FailureLog {
  /** How many failures are remembered. */
  static final int MOST = 16;

  /** Characters of a stack trace that are kept. */
  static final int MOST_CHARACTERS = 32 * 1024;

  private final Deque<FailureView> newest = new ArrayDeque<>();

  /**
   * Something has failed.
   *
   * @param task the task that did; empty for none
   */
  synchronized void add(String task, Throwable failure, long nowMillis) {
    newest.addFirst(
        new FailureView(nowMillis, task, failure.getClass().getName(), stackTrace(failure)));
    if (newest.size() > MOST) {
      newest.removeLast();
    }
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text, true));
    return text.getBuffer().length() <= MOST_CHARACTERS
        ? text.toString()
        : text.getBuffer().substring(0, MOST_CHARACTERS) + "...";
  }

  synchronized List<FailureView> all() {
    return List.copyOf(newest);
  }
}
