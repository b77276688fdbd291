package io.purlin.conformance.validatesrunner;

/** Beam's suites, and how many tests each has, so that none can go missing. */
enum Suite {
  /**
   * Of Beam 2.70 to 2.73: 409 methods, of which 2 are ignored, 11 need an expansion service and 3 a
   * harness container.
   */
  VALIDATES_RUNNER("ValidatesRunner", "/not-yet.txt", 393, 2, 14),
  /**
   * What else needs a runner. Of Beam 2.73: 563 tests, of which 2 are ignored, besides those of a
   * class that needs Google's secret manager.
   */
  NEEDS_RUNNER("NeedsRunner", "/not-yet-needs-runner.txt", 561, 2, 0),
  /** What the tests jars of runners-core, KafkaIO and the Avro extension have for runners. */
  OTHER_JARS("other tests jars", "/not-yet-other-jars.txt", 71, 0, 0);

  private final String title;
  private final String notYet;
  private final int run;
  private final int ignored;
  private final int excluded;

  Suite(String title, String notYet, int run, int ignored, int excluded) {
    this.title = title;
    this.notYet = notYet;
    this.run = run;
    this.ignored = ignored;
    this.excluded = excluded;
  }

  /** As Beam calls it. */
  String title() {
    return title;
  }

  /** The resource that lists its tests that do not pass yet. */
  String notYet() {
    return notYet;
  }

  /** How many tests it has. */
  SuiteSize size() {
    return new SuiteSize(run, ignored, excluded);
  }
}
