/**
 * Judges what Beam's suites, ValidatesRunner and NeedsRunner, said of the native runner.
 *
 * <p>The build runs the suite once per {@link io.purlin.conformance.validatesrunner.Configuration
 * configuration} and ignores failures there. In come the reports it left and {@code not-yet.txt},
 * the list of tests that do not pass yet; out come a table, {@code conformance.json} and a verdict:
 * every failure must be listed, every entry of the list must fail, and no test may be missing. So
 * neither a regression nor progress goes unnoticed.
 */
@NullMarked
package io.purlin.conformance.validatesrunner;

import org.jspecify.annotations.NullMarked;
