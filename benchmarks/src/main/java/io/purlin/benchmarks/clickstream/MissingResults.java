package io.purlin.benchmarks.clickstream;

import io.purlin.pipelines.clickstream.generator.ExpectedResults;
import io.purlin.pipelines.clickstream.generator.ExpectedResults.PageMinute;
import io.purlin.pipelines.clickstream.generator.ExpectedResults.Session;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which of the results that are expected have not been seen yet. Panes accumulate: one of them has
 * all that belongs to a result. That nothing else is there in the end is for others to check. Used
 * by one thread.
 */
final class MissingResults {
  private final Map<PageMinute, Long> pageViews;
  private final Set<Session> sessions;

  MissingResults(ExpectedResults expected) {
    pageViews = new HashMap<>(expected.pageViews());
    sessions = new HashSet<>(expected.sessions());
  }

  void see(PageViews pane) {
    pageViews.remove(new PageMinute(pane.getPage(), pane.getMinuteMillis()), pane.getViews());
  }

  void see(UserSession session) {
    sessions.remove(
        new Session(
            session.getUser(),
            session.getStartMillis(),
            session.getEndMillis(),
            session.getClicks(),
            session.getEntryPage(),
            session.getExitPage()));
  }

  boolean isEmpty() {
    return pageViews.isEmpty() && sessions.isEmpty();
  }

  @Override
  public String toString() {
    return pageViews.size() + " page views and " + sessions.size() + " sessions";
  }
}
