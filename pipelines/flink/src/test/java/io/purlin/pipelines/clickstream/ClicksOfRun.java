package io.purlin.pipelines.clickstream;

import io.purlin.pipelines.clickstream.generator.ExpectedResults;
import io.purlin.pipelines.clickstream.generator.ExpectedResults.PageMinute;
import io.purlin.pipelines.clickstream.wire.Click;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one of several runs over the same topic has read, and what it has written. */
final class ClicksOfRun {
  private static final long MINUTE_MILLIS = 60_000;

  private final long allowedDelayMillis;
  private final Map<String, Click> byId = new HashMap<>();
  private final ExpectedResults expected;
  private final ResultCheck written = new ResultCheck(ClickstreamJob.catalogue());

  ClicksOfRun(long allowedDelayMillis, long gapMillis) {
    this.allowedDelayMillis = allowedDelayMillis;
    this.expected = new ExpectedResults(gapMillis);
  }

  void read(Click click, long arrivalMillis) {
    boolean inTime = arrivalMillis - click.getEventMillis() <= allowedDelayMillis;
    if (inTime && byId.putIfAbsent(click.getId(), click) == null) {
      expected.add(click, true);
    }
  }

  void wrote(PageViews views) {
    written.add(views);
  }

  void wrote(UserSession session) {
    written.add(session);
  }

  /**
   * What differs from each run's results being those of its own clicks, and from both together
   * being those of all clicks, one line each. A run remembers the ids of its own clicks alone: one
   * that both have read is counted by both.
   */
  static List<String> differences(ClicksOfRun first, ClicksOfRun second, ExpectedResults all) {
    List<String> differences = new ArrayList<>();
    Map<PageMinute, Long> views = new HashMap<>();
    Map<String, Long> clicks = new HashMap<>();
    for (ClicksOfRun run : List.of(first, second)) {
      if (!run.written.matches(run.expected)) {
        differences.addAll(run.written.lines(run.expected));
      }
      run.expected.pageViews().forEach((page, count) -> views.merge(page, count, Long::sum));
      clicksByUser(run.expected).forEach((user, count) -> clicks.merge(user, count, Long::sum));
    }
    for (Click click : readByBoth(first, second)) {
      views.merge(minuteOf(click), -1L, Long::sum);
      clicks.merge(click.getUser(), -1L, Long::sum);
    }
    if (!views.equals(all.pageViews())) {
      differences.add("the views of a page in a minute do not add up to those of all clicks");
    }
    if (!clicks.equals(clicksByUser(all))) {
      differences.add("the clicks of a user's sessions do not add up to all clicks of the user");
    }
    return differences;
  }

  private static List<Click> readByBoth(ClicksOfRun first, ClicksOfRun second) {
    return first.byId.values().stream()
        .filter(click -> second.byId.containsKey(click.getId()))
        .toList();
  }

  private static PageMinute minuteOf(Click click) {
    long minute = Math.floorDiv(click.getEventMillis(), MINUTE_MILLIS) * MINUTE_MILLIS;
    return new PageMinute(click.getPage(), minute);
  }

  private static Map<String, Long> clicksByUser(ExpectedResults results) {
    Map<String, Long> clicks = new HashMap<>();
    results.sessions().forEach(each -> clicks.merge(each.user(), each.clicks(), Long::sum));
    return clicks;
  }
}
