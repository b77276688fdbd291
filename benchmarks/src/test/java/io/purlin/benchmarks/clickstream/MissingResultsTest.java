package io.purlin.benchmarks.clickstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.clickstream.generator.ClickModel;
import io.purlin.pipelines.clickstream.generator.ExpectedResults;
import io.purlin.pipelines.clickstream.generator.ExpectedResults.Session;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import org.junit.jupiter.api.Test;

class MissingResultsTest {
  private static final long SEED = 1;
  private static final int CLICKS = 200;
  private static final long DELAY = 1_800_000;
  private static final long DISORDER = 5_000;
  private static final long GAP = 600_000;

  private final ExpectedResults expected = expected();
  private final MissingResults missing = new MissingResults(expected);

  private static ExpectedResults expected() {
    ClickModel model = new ClickModel(SEED, CLICKS, DELAY, DISORDER, GAP);
    model.forEachRemaining(delivery -> {});
    return model.expected();
  }

  /** Shows all page views, each with so many fewer than are expected. */
  private void seePageViews(long fewer) {
    expected
        .pageViews()
        .forEach(
            (of, views) ->
                missing.see(
                    PageViews.of(of.minuteMillis(), of.page(), "", "", views - fewer, "LATE", 0)));
  }

  /** Shows all sessions, each with so many clicks fewer than are expected. */
  private void seeSessions(long fewer) {
    for (Session each : expected.sessions()) {
      missing.see(
          UserSession.of(
              each.startMillis(),
              each.endMillis(),
              each.user(),
              each.clicks() - fewer,
              each.entryPage(),
              each.exitPage(),
              "LATE"));
    }
  }

  @Test
  void nothingIsMissingWhenAllHasBeenSeen() {
    assertThat(missing.isEmpty()).isFalse();
    seePageViews(0);
    assertThat(missing.isEmpty()).isFalse();
    seeSessions(0);
    assertThat(missing.isEmpty()).isTrue();
  }

  @Test
  void anEarlierPaneIsNotTheResult() {
    seePageViews(1);
    seeSessions(1);
    assertThat(missing)
        .hasToString(
            expected.pageViews().size()
                + " page views and "
                + expected.sessions().size()
                + " sessions");
  }

  @Test
  void whatIsSeenTwiceIsMissedNoMore() {
    seePageViews(0);
    seeSessions(0);
    seePageViews(1);
    seeSessions(1);
    assertThat(missing.isEmpty()).isTrue();
  }
}
