package io.purlin.conformance.validatesrunner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final TestId ONE = new TestId("a.B", "one");
  private static final TestId TWO = new TestId("a.B", "two");
  private static final TestId IGNORED = new TestId("a.B", "ignored");
  private static final SuiteSize SIZE = new SuiteSize(2, 1, 5);
  private static final NotYet.Reason NOT_BUILT = new NotYet.Reason(false, "not built");
  private static final Outcome FAILED = Outcome.failed("AssertionError: no");

  @Test
  void allPassedIsFine() {
    Verdict verdict = judge(Outcome.PASSED, Outcome.PASSED, Map.of());
    assertThat(verdict).isEqualTo(new Verdict(Configuration.P1, 2, 2, 0, 1, List.of()));
  }

  @Test
  void aListedFailureIsFine() {
    Verdict verdict = judge(Outcome.PASSED, FAILED, Map.of(TWO, NOT_BUILT));
    assertThat(verdict).isEqualTo(new Verdict(Configuration.P1, 2, 1, 1, 1, List.of()));
  }

  @Test
  void anUnlistedFailureIsNamedWithWhatItSaid() {
    assertThat(judge(Outcome.PASSED, FAILED, Map.of()).complaints())
        .containsExactly("failed: a.B#two (AssertionError: no)");
  }

  @Test
  void aListedTestThatPassesIsNamed() {
    assertThat(judge(Outcome.PASSED, Outcome.PASSED, Map.of(ONE, NOT_BUILT)).complaints())
        .containsExactly("listed but passes, so strike it from the list: a.B#one");
  }

  @Test
  void whatFailsSometimesMayPassAndMayFail() {
    Map<TestId, NotYet.Reason> listed = Map.of(ONE, new NotYet.Reason(true, "the clock"));
    assertThat(judge(Outcome.PASSED, Outcome.PASSED, listed).complaints()).isEmpty();
    assertThat(judge(FAILED, Outcome.PASSED, listed).complaints()).isEmpty();
  }

  @Test
  void aMissingTestIsNamedAndCounted() {
    SuiteRun run = new SuiteRun(Map.of(ONE, Outcome.PASSED, IGNORED, Outcome.SKIPPED));
    Verdict verdict = Verdict.of(Configuration.P4, run, Map.of(TWO, NOT_BUILT), SIZE);
    assertThat(verdict.complaints())
        .hasSize(2)
        .anySatisfy(complaint -> assertThat(complaint).contains("1 tests ran", "must be 2 and 1"))
        .contains("listed but did not run: a.B#two");
  }

  @Test
  void theReportCountsWhatTheVerdictsCount() {
    ConformanceReport report =
        new ConformanceReport(List.of(judge(Outcome.PASSED, FAILED, Map.of())));
    assertThat(report.json())
        .isEqualTo(
            """
            [
              {"suite": "ValidatesRunner", "config": "p1", "run": 2, "passed": 1, "failed": 1, "skipped": 1, "excluded": 14}
            ]
            """);
    assertThat(report.table()).contains("NOT as listed", "p1: failed: a.B#two");
  }

  private static Verdict judge(Outcome one, Outcome two, Map<TestId, NotYet.Reason> notYet) {
    SuiteRun run = new SuiteRun(Map.of(ONE, one, TWO, two, IGNORED, Outcome.SKIPPED));
    return Verdict.of(Configuration.P1, run, notYet, SIZE);
  }
}
