package io.purlin.conformance.validatesrunner;

/**
 * How many tests a suite has.
 *
 * @param run tests that one process can run
 * @param ignored tests that the suite itself ignores
 * @param excluded tests that need a service or a container beside the process
 */
record SuiteSize(int run, int ignored, int excluded) {}
