package io.purlin.pipelines.clickstream.generator;

import io.purlin.pipelines.clickstream.wire.Click;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is expected of the generated clicks: each click counted once, those that arrive too late not
 * at all. A plain computation over all of them, for comparison.
 */
public final class ExpectedResults {
  private static final long MINUTE_MILLIS = 60_000;

  private final long gapMillis;
  private final Map<PageMinute, Long> views = new HashMap<>();
  private final Map<String, List<Click>> byUser = new HashMap<>();
  private long clicks;
  private long tooLate;
  private long repeats;

  /**
   * Of no clicks yet.
   *
   * @param gapMillis after so long without a click of its user a session is over
   */
  public ExpectedResults(long gapMillis) {
    this.gapMillis = gapMillis;
  }

  /**
   * A page in a minute.
   *
   * @param minuteMillis when the minute began, in milliseconds since 1970
   */
  public record PageMinute(String page, long minuteMillis) {}

  /**
   * A user's session.
   *
   * @param endMillis the last click and the gap after it
   */
  public record Session(
      String user,
      long startMillis,
      long endMillis,
      long clicks,
      String entryPage,
      String exitPage) {}

  /**
   * Adds a click that is none of those before.
   *
   * @param inTime whether it is not too late to count
   */
  public void add(Click click, boolean inTime) {
    clicks++;
    if (!inTime) {
      tooLate++;
      return;
    }
    long minute = Math.floorDiv(click.getEventMillis(), MINUTE_MILLIS) * MINUTE_MILLIS;
    views.merge(new PageMinute(click.getPage(), minute), 1L, Long::sum);
    byUser.computeIfAbsent(click.getUser(), user -> new ArrayList<>()).add(click);
  }

  void addRepeat() {
    repeats++;
  }

  /** How many different clicks were generated. */
  public long clicks() {
    return clicks;
  }

  /** How many of them arrive too late. */
  public long tooLate() {
    return tooLate;
  }

  /** How many clicks are delivered a second time. */
  public long repeats() {
    return repeats;
  }

  /** The views of every page in every minute that has any. */
  public Map<PageMinute, Long> pageViews() {
    return Map.copyOf(views);
  }

  /** All sessions. */
  public List<Session> sessions() {
    List<Session> sessions = new ArrayList<>();
    byUser.forEach((user, all) -> addSessions(user, all, sessions));
    return sessions;
  }

  private void addSessions(String user, List<Click> all, List<Session> sessions) {
    List<Click> sorted = new ArrayList<>(all);
    sorted.sort(Comparator.comparingLong(Click::getEventMillis).thenComparing(Click::getId));
    int first = 0;
    for (int i = 1; i <= sorted.size(); i++) {
      if (i == sorted.size() || gapBefore(sorted, i) >= gapMillis) {
        sessions.add(session(user, sorted.subList(first, i)));
        first = i;
      }
    }
  }

  private static long gapBefore(List<Click> sorted, int i) {
    return sorted.get(i).getEventMillis() - sorted.get(i - 1).getEventMillis();
  }

  private Session session(String user, List<Click> clicks) {
    Click first = clicks.get(0);
    Click last = clicks.get(clicks.size() - 1);
    return new Session(
        user,
        first.getEventMillis(),
        last.getEventMillis() + gapMillis,
        clicks.size(),
        first.getPage(),
        last.getPage());
  }
}
