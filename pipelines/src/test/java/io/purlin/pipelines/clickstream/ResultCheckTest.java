package io.purlin.pipelines.clickstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.purlin.pipelines.clickstream.generator.ClickModel;
import io.purlin.pipelines.clickstream.generator.ExpectedResults;
import io.purlin.pipelines.clickstream.wire.PageViews;
import io.purlin.pipelines.clickstream.wire.UserSession;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A check that cannot fail would judge nothing: each kind of wrong output is noticed. */
class ResultCheckTest {
  private static final String TITLE = CataloguePage.UNKNOWN.getTitle();
  private static final String SECTION = CataloguePage.UNKNOWN.getSection();

  private final ExpectedResults expected = expected();
  private final ResultCheck check = new ResultCheck(Map.of());

  private static ExpectedResults expected() {
    ClickModel model = new ClickModel(3, 50, 1_000, 100, 10_000);
    model.forEachRemaining(delivery -> {});
    return model.expected();
  }

  private static PageViews views(ExpectedResults.PageMinute key, long views, long pane) {
    return PageViews.of(key.minuteMillis(), key.page(), TITLE, SECTION, views, "ON_TIME", pane);
  }

  private static UserSession session(ExpectedResults.Session of, long end, long clicks) {
    return UserSession.of(
        of.startMillis(), end, of.user(), clicks, of.entryPage(), of.exitPage(), "ON_TIME");
  }

  private void addAll() {
    expected.pageViews().forEach((key, count) -> check.add(views(key, count, 1)));
    expected.sessions().forEach(each -> check.add(session(each, each.endMillis(), each.clicks())));
  }

  @Test
  void rightOutputsMatchWithOlderPanesAndPartsOfSessionsAmongThem() {
    addAll();
    expected.pageViews().forEach((key, count) -> check.add(views(key, Math.max(1, count - 1), 0)));
    ExpectedResults.Session any = expected.sessions().get(0);
    check.add(session(any, any.endMillis() - 1, 1));
    assertThat(check.matches(expected)).isTrue();
  }

  @Test
  void nothingWrittenIsNotRight() {
    assertThat(check.matches(expected)).isFalse();
  }

  @Test
  void aViewTooManyIsNoticed() {
    addAll();
    ExpectedResults.PageMinute any = expected.pageViews().keySet().iterator().next();
    check.add(views(any, expected.pageViews().getOrDefault(any, 0L) + 1, 2));
    assertThat(check.matches(expected)).isFalse();
  }

  @Test
  void viewsThatGoDownAreNoticed() {
    addAll();
    ExpectedResults.PageMinute any = expected.pageViews().keySet().iterator().next();
    check.add(views(any, 1_000, 0));
    assertThat(check.matches(expected)).isFalse();
    assertThat(check.lines(expected)).anyMatch(line -> line.startsWith("views went down"));
  }

  @Test
  void aSessionThatIsNotExpectedIsNoticed() {
    addAll();
    ExpectedResults.Session any = expected.sessions().get(0);
    check.add(session(any, any.endMillis() + 1, any.clicks()));
    assertThat(check.matches(expected)).isFalse();
  }

  @Test
  void aTitleThatIsNotTheCataloguesIsNoticed() {
    addAll();
    ExpectedResults.PageMinute any = expected.pageViews().keySet().iterator().next();
    long count = expected.pageViews().getOrDefault(any, 0L);
    check.add(PageViews.of(any.minuteMillis(), any.page(), "other", SECTION, count, "LATE", 1));
    assertThat(check.matches(expected)).isFalse();
  }
}
