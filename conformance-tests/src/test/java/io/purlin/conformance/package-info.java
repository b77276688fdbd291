/**
 * Checks that need the whole project on one class path.
 *
 * <p>In come the compiled classes and sources of every module and Beam's published suites; out come
 * verdicts. May depend on everything; nothing depends on it.
 */
@NullMarked
package io.purlin.conformance;

import org.jspecify.annotations.NullMarked;
