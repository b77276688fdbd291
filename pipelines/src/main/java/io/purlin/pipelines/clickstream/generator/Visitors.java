package io.purlin.pipelines.clickstream.generator;

import io.purlin.pipelines.clickstream.wire.Click;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * Users who click: a few clicks some seconds apart, then a pause, over and over, each on their own.
 * Yields clicks in the order in which they happen. The same seed gives the same clicks.
 */
final class Visitors {
  /** The first click is not before this time, 2026-01-01T00:00:00Z. */
  static final long START_MILLIS = 1_767_225_600_000L;

  private static final int CLICKS_PER_USER = 40;
  private static final double STAYS = 0.88;
  private static final long STEP_MILLIS = 60_000;
  private static final long PAUSE_MILLIS = 2_400_000;

  private final SplittableRandom random;
  private final PriorityQueue<Visitor> next = new PriorityQueue<>();
  private final int pages;
  private long clicks;

  /**
   * @param clicks how many clicks will be asked for; decides how many users there are
   * @param pages how many pages there are
   */
  Visitors(SplittableRandom random, int clicks, int pages) {
    this.random = random;
    this.pages = pages;
    int users = Math.max(3, clicks / CLICKS_PER_USER);
    for (int user = 0; user < users; user++) {
      next.add(new Visitor("user-" + user, START_MILLIS + random.nextLong(PAUSE_MILLIS)));
    }
  }

  private record Visitor(String name, long clicksAtMillis) implements Comparable<Visitor> {
    @Override
    public int compareTo(Visitor other) {
      int byTime = Long.compare(clicksAtMillis, other.clicksAtMillis);
      return byTime != 0 ? byTime : name.compareTo(other.name);
    }
  }

  Click click() {
    Visitor visitor = next.remove();
    long pause =
        random.nextDouble() < STAYS ? random.nextLong(STEP_MILLIS) : random.nextLong(PAUSE_MILLIS);
    next.add(new Visitor(visitor.name, visitor.clicksAtMillis + pause));
    // The square makes some pages much more popular than others.
    double popularity = random.nextDouble();
    int page = (int) (popularity * popularity * pages);
    return Click.of(
        visitor.clicksAtMillis, "click-" + clicks++, visitor.name, SitePages.path(page));
  }
}
