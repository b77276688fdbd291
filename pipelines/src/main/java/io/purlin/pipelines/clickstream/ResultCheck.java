package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.generator.ExpectedResults;
import io.purlin.pipelines.clickstream.generator.ExpectedResults.PageMinute;
import io.purlin.pipelines.clickstream.generator.ExpectedResults.Session;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares what stands in the output topics with what is expected.
 *
 * <p>Page views: of every page and minute the pane with the highest number counts, as panes
 * accumulate; the number of views must not go down from pane to pane. Sessions: a session replaces
 * those of its user that it contains, and of one with the same bounds the one with the most clicks
 * counts.
 */
final class ResultCheck {
  private static final int SHOWN = 5;

  private final Map<PageMinute, PageViews> newest = new HashMap<>();
  private final Map<String, List<UserSession>> sessions = new HashMap<>();
  private final List<String> differences = new ArrayList<>();
  private final Map<String, CataloguePage> catalogue;
  private long panes;
  private long sessionRecords;
  private long found;

  ResultCheck(Map<String, CataloguePage> catalogue) {
    this.catalogue = catalogue;
  }

  void add(PageViews pane) {
    panes++;
    CataloguePage known = catalogue.getOrDefault(pane.getPage(), CataloguePage.UNKNOWN);
    if (!pane.getTitle().equals(known.getTitle())
        || !pane.getSection().equals(known.getSection())) {
      differ("not what the catalogue says: " + pane);
    }
    newest.merge(
        new PageMinute(pane.getPage(), pane.getMinuteMillis()),
        pane,
        (one, other) -> {
          PageViews older = one.getPane() <= other.getPane() ? one : other;
          PageViews newer = older == one ? other : one;
          if (older.getViews() > newer.getViews()) {
            differ("views went down from " + older + " to " + newer);
          }
          return newer;
        });
  }

  void add(UserSession session) {
    sessionRecords++;
    sessions.computeIfAbsent(session.getUser(), user -> new ArrayList<>()).add(session);
  }

  /** What differs: nothing, when the outputs are right. */
  boolean matches(ExpectedResults expected) {
    comparePageViews(expected.pageViews());
    compareSessions(new HashSet<>(expected.sessions()));
    return found == 0;
  }

  List<String> lines(ExpectedResults expected) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "clicks      %,d generated, %,d repeated, %,d too late"
            .formatted(expected.clicks(), expected.repeats(), expected.tooLate()));
    lines.add(
        "page views  %,d pages and minutes in %,d records, %,d expected"
            .formatted(newest.size(), panes, expected.pageViews().size()));
    lines.add(
        "sessions    %,d records, %,d sessions expected"
            .formatted(sessionRecords, expected.sessions().size()));
    lines.add("differences %,d".formatted(found));
    lines.addAll(differences);
    return lines;
  }

  private void comparePageViews(Map<PageMinute, Long> expected) {
    Set<PageMinute> all = new HashSet<>(expected.keySet());
    all.addAll(newest.keySet());
    for (PageMinute key : all) {
      PageViews written = newest.get(key);
      @Nullable Long views = expected.get(key);
      if (written == null || views == null || written.getViews() != views) {
        differ("page views of " + key + ": expected " + views + ", written " + written);
      }
    }
  }

  private void compareSessions(Set<Session> expected) {
    Set<Session> written = new HashSet<>();
    sessions.forEach(
        (user, all) ->
            all.stream()
                .filter(session -> all.stream().noneMatch(other -> replaces(other, session)))
                .forEach(session -> written.add(summary(session))));
    for (Session session : expected) {
      if (!written.contains(session)) {
        differ("missing: " + session);
      }
    }
    for (Session session : written) {
      if (!expected.contains(session)) {
        differ("not expected: " + session);
      }
    }
  }

  private static boolean replaces(UserSession other, UserSession session) {
    boolean contains =
        other.getStartMillis() <= session.getStartMillis()
            && other.getEndMillis() >= session.getEndMillis();
    boolean same =
        other.getStartMillis() == session.getStartMillis()
            && other.getEndMillis() == session.getEndMillis();
    return contains && (!same || other.getClicks() > session.getClicks());
  }

  private static Session summary(UserSession session) {
    return new Session(
        session.getUser(),
        session.getStartMillis(),
        session.getEndMillis(),
        session.getClicks(),
        session.getEntryPage(),
        session.getExitPage());
  }

  private void differ(String difference) {
    found++;
    if (differences.size() < SHOWN) {
      differences.add(difference);
    }
  }
}
