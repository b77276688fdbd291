package io.purlin.conformance.validatesrunner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is to be said of one run of the suite.
 *
 * @param configuration how the suite was run
 * @param run tests that ran to an end, good or bad
 * @param passed tests that passed
 * @param failed tests that failed, listed or not
 * @param skipped tests that the suite itself ignores
 * @param complaints why the run is not as it must be; empty if it is
 */
record Verdict(
    Configuration configuration,
    long run,
    long passed,
    long failed,
    long skipped,
    List<String> complaints) {
  /**
   * Compares a run with the list of tests that do not pass yet.
   *
   * @param size how many tests the run must have reported
   */
  static Verdict of(
      Configuration configuration,
      SuiteRun run,
      Map<TestId, NotYet.Reason> notYet,
      SuiteSize size) {
    List<String> complaints = new ArrayList<>();
    long passed = run.count(Outcome.Kind.PASSED);
    long failed = run.count(Outcome.Kind.FAILED);
    long skipped = run.count(Outcome.Kind.SKIPPED);
    if (passed + failed != size.run() || skipped != size.ignored()) {
      complaints.add(
          "%d tests ran and %d were skipped, it must be %d and %d: did the run crash, hang or select otherwise?"
              .formatted(passed + failed, skipped, size.run(), size.ignored()));
    }
    run.outcomes()
        .forEach(
            (test, outcome) -> {
              if (outcome.kind() == Outcome.Kind.FAILED && !notYet.containsKey(test)) {
                complaints.add("failed: " + test + " (" + outcome.message() + ")");
              }
            });
    notYet.forEach(
        (listed, reason) -> {
          Outcome outcome = run.outcomes().get(listed);
          if (outcome == null) {
            complaints.add("listed but did not run: " + listed);
          } else if (outcome.kind() == Outcome.Kind.PASSED && !reason.sometimes()) {
            complaints.add("listed but passes, so strike it from the list: " + listed);
          } else if (outcome.kind() == Outcome.Kind.SKIPPED) {
            complaints.add("listed but skipped by the suite: " + listed);
          }
        });
    return new Verdict(
        configuration, passed + failed, passed, failed, skipped, List.copyOf(complaints));
  }
}
