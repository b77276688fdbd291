package io.purlin.conformance.validatesrunner;

/**
 * How many tests the suite has, so that none can go missing.
 *
 * @param run tests that one process can run
 * @param ignored tests that the suite itself ignores
 * @param excluded tests that need a service or a container beside the process
 */
record SuiteSize(int run, int ignored, int excluded) {
  /**
   * ValidatesRunner of Beam 2.70 to 2.73: 409 methods, of which 2 are ignored, 11 need an expansion
   * service and 3 a harness container.
   */
  static final SuiteSize VALIDATES_RUNNER = new SuiteSize(393, 2, 14);
}
